"""What each span is replaced by: pseudonyms, bands, relative dates, and the grammar around them."""
