"""A Word document becomes a case, and what a reader of it does not see is refused."""
