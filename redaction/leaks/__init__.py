"""Whether any identity is left in bytes."""
