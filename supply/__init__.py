"""What Candour is made of: the packages of requirements.lock, their licences, and the files they are installed from.

For those who maintain Candour (`make lock`, `licences`, `sbom`, `audit`, `wheelhouse`); nothing of it is installed with Candour.
The tools are those of supply/requirements.lock, in a virtual environment of their own.
"""
