"""What the tagger tells apart."""

from enum import StrEnum


class Kind(StrEnum):
    """FLAG is what a person decides about (occupation, nationality, how it was done, …)."""

    PERSON = "PERSON"
    CODE = "CODE"
    PLACE = "PLACE"
    ORGANISATION = "ORGANISATION"
    DATE = "DATE"
    AGE = "AGE"
    QUANTITY = "QUANTITY"
    FLAG = "FLAG"


KINDS = tuple(Kind)
"""The order of the network's kinds; never changed without new weights."""
