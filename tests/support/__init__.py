"""What tests share: cases and the sites built of them, publishers, browsers, documents, and running Candour as a user does."""
