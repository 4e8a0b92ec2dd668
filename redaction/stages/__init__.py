"""The stages of a redaction, in order: find, protect, render, write, read again, report; one state goes through all."""
