"""Across reviews: what they taught, grouped. Pure functions over RedactedReview."""
