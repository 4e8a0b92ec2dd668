"""Search: the index, how it is packed, and the synonyms it knows."""
