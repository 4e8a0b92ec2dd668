"""People by the way names are written and by what announces them."""
