"""`candour …`: the command line, the only part that prints or exits."""

from publishing.cli.app import app, main

__all__ = ["app", "main"]
