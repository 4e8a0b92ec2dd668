"""The tagger: a small network of our own that tells which words would identify somebody."""
