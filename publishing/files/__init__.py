"""Files written whole, and locks."""
