"""Spellings of one name, and names that only look alike."""

import pytest

from redaction.names.sounds import consonants_of, forenames_sound_alike, latin_of, sound_alike

ALIKE = [
    ("kubba", "kubbah"), ("karayiannides", "karayianidis"), ("kovalchuk", "kowalczuk"), ("larysa", "larissa"), ("mahmoodi", "mahmudi"),
    ("kofi", "cofie"), ("mustafa", "mustapha"), ("gurung", "goorung"), ("yonas", "yonis"), ("fernandes", "fernandez"), ("kader", "qadir"),
]  # fmt: skip
OTHERS = [
    ("law", "lau"),
    ("nur", "nuur"),
    ("june", "jane"),
    ("hassan", "hussein"),
    ("meredith", "mererid"),
    ("moyo", "moyo richards"),
]


@pytest.mark.parametrize("one,other", ALIKE)
def test_sound_alike(one: str, other: str) -> None:
    """Either way round."""
    assert sound_alike(one, other)
    assert sound_alike(other, one)


@pytest.mark.parametrize("one,other", OTHERS)
def test_are_two_names(one: str, other: str) -> None:
    """Short ones, and such as differ in more than one vowel or in a consonant."""
    assert not sound_alike(one, other)


def test_known_forenames_are_two() -> None:
    """ "Ahmed" and "Ahmad" may be brothers; "Jhomar" is no forename that is known."""
    assert not forenames_sound_alike("ahmed", "ahmad")
    assert forenames_sound_alike("yonas", "yonis") is sound_alike("yonas", "yonis")


def test_other_scripts_are_read_in_latin_letters() -> None:
    """Also where Cyrillic letters that look Latin were read as Latin ones."""
    assert latin_of("Oкcaнa") == latin_of("Оксана") == "oksana"
    assert consonants_of(latin_of("ਨਿਰਵੈਰ")) == consonants_of("nirvair")
