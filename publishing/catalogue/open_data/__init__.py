"""What is published, as data: tables, records, schemas and files."""
