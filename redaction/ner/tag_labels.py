"""What the tagger tells apart."""

from enum import StrEnum


class TagLabel(StrEnum):
    """FLAG is what a person decides about (occupation, nationality, how it was done, …)."""

    PERSON = "PERSON"
    CODE = "CODE"
    PLACE = "PLACE"
    ORGANISATION = "ORGANISATION"
    DATE = "DATE"
    AGE = "AGE"
    QUANTITY = "QUANTITY"
    FLAG = "FLAG"


TAG_LABELS = tuple(TagLabel)
"""The order of the network's kinds; never changed without new weights."""
