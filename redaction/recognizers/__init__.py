"""Every recognizer that the engine runs, one family a file. None of the United States' own is among them."""

from redaction.recognizers.addresses import AddressRecognizer
from redaction.recognizers.ages import AgeRecognizer
from redaction.recognizers.base import Finding, Recognizer
from redaction.recognizers.codes import CodeRecognizer
from redaction.recognizers.contacts import ContactRecognizer
from redaction.recognizers.dates import DatesRecognizer
from redaction.recognizers.demographics import DemographicRecognizer
from redaction.recognizers.details import DetailRecognizer
from redaction.recognizers.money import MoneyRecognizer
from redaction.recognizers.organisations import NerOrganisationRecognizer, OrganisationRecognizer
from redaction.recognizers.people import NerRecognizer, PeopleRecognizer, ShapeRecognizer
from redaction.recognizers.places import NerPlaceRecognizer, PlaceRecognizer
from redaction.recognizers.quantities import QuantityRecognizer
from redaction.recognizers.states import StateRecognizer
from redaction.recognizers.tagged import TaggerRecognizer

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
    NerRecognizer,
    NerOrganisationRecognizer,
    NerPlaceRecognizer,
    DemographicRecognizer,
    DetailRecognizer,
    TaggerRecognizer,
)

__all__ = ["RECOGNIZERS", "Finding", "Recognizer"]
