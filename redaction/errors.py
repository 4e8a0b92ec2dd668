"""What can go wrong while redacting. No message ever holds a word of the text."""


class RedactionError(Exception):
    """Base of every error of this package; its text is safe to show and to log."""


class RegisterError(RedactionError):
    """A register of identities cannot be read, so its names cannot be guarded."""


class PolicyError(RedactionError):
    """A policy file cannot be read or says something that does not exist."""


class ModelError(RedactionError):
    """A file of the tagger's model is missing, or not the one that was shipped."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the tagger's {name} is missing or not the one that came with Candour: install Candour again, or restore redaction/ner/model/"
        )
