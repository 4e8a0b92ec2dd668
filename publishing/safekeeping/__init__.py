"""The reviews folder kept safe: backed up, restored, and a case of it forgotten."""
