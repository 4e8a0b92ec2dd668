"""Files that people write, read strictly: a value is what its writer typed, or a fault with its line."""
