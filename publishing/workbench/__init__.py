"""A local web app where a person checks, decides, signs, builds and withdraws."""
