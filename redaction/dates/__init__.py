"""What dates say: parsed, placed in the order of the story, feasts with the days on which they fall."""
