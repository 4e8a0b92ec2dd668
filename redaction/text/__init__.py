"""Text as a reader sees it: normalised, folded, cut into tokens, searched for phrases."""
