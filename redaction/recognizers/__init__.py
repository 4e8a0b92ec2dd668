"""Every recognizer that the engine runs, one family a file. None of the United States' own is among them."""

from redaction.recognizers.ages import AgeRecognizer
from redaction.recognizers.base import Finding, Recognizer
from redaction.recognizers.codes.recognizer import CodeRecognizer
from redaction.recognizers.contacts import ContactRecognizer
from redaction.recognizers.dates.recognizer import DatesRecognizer
from redaction.recognizers.demographics import DemographicRecognizer
from redaction.recognizers.details import DetailRecognizer
from redaction.recognizers.money import MoneyRecognizer
from redaction.recognizers.organisations.recognizer import OrganisationRecognizer
from redaction.recognizers.organisations.states import StateRecognizer
from redaction.recognizers.people.name_shapes import ShapeRecognizer
from redaction.recognizers.people.recognizer import PeopleRecognizer
from redaction.recognizers.places.addresses import AddressRecognizer
from redaction.recognizers.places.recognizer import PlaceRecognizer
from redaction.recognizers.quantities import QuantityRecognizer
from redaction.recognizers.tagger import TaggerRecognizer

RECOGNIZERS: tuple[type[Recognizer], ...] = (
    CodeRecognizer,
    ContactRecognizer,
    AddressRecognizer,
    DatesRecognizer,
    AgeRecognizer,
    QuantityRecognizer,
    MoneyRecognizer,
    PeopleRecognizer,
    ShapeRecognizer,
    OrganisationRecognizer,
    PlaceRecognizer,
    StateRecognizer,
    DemographicRecognizer,
    DetailRecognizer,
    TaggerRecognizer,
)

__all__ = ["RECOGNIZERS", "Finding", "Recognizer"]
