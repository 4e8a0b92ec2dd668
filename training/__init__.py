"""From marked texts to the weights of the tagger: `python -m training DATA` (or `make tagger DATA=DIR`)."""
