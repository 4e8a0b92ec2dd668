"""People by the way names are written, by what announces them, and as spaCy sees them."""
