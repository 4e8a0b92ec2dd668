"""Seen once, masked everywhere: who is who, where they are named again, and what people decided."""
