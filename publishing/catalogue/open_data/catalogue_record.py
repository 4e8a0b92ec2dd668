"""catalogue.jsonld: what portals of open data read (DCAT 2, https://www.w3.org/TR/vocab-dcat-2/), as JSON-LD."""

from __future__ import annotations

import datetime as dt
from typing import Any

from publishing.catalogue.open_data.tables import ABOUT, DATASETS, FORMAT, LICENCE, PUBLISHER, TITLE

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue_record(as_of: dt.date, address: str) -> dict[str, Any]:
    """Describe the open data and each of its files; links are relative to this file where the address is not known."""
    root = f"{address}data/" if address else ""
    publisher = {"@type": "foaf:Organization", "foaf:name": PUBLISHER}
    files = [
        ("datapackage.json", "application/json", "Every CSV file, described as a data package"),
        ("candour.db", "application/vnd.sqlite3", "Every table as one SQLite database"),
        ("feeds/all.xml", "application/atom+xml", "What is new, as Atom"),
        ("feeds/all.json", "application/feed+json", "What is new, as JSON Feed"),
        *((f"{d.name}.csv", "text/csv", f"{d.heading}, as CSV") for d in DATASETS),
        *((f"{d.name}.json", "application/json", f"{d.heading}, as JSON") for d in DATASETS),
    ]
    dataset = {
        "@id": f"{root}catalogue.jsonld#dataset",
        "@type": "dcat:Dataset",
        **_named(TITLE, ABOUT),
        "dct:publisher": publisher,
        "dct:modified": {"@value": as_of.isoformat(), "@type": "xsd:date"},
        "dct:language": _iri("http://publications.europa.eu/resource/authority/language/ENG"),
        "dct:spatial": _iri("http://publications.europa.eu/resource/authority/country/GBR"),
        "dcat:version": str(FORMAT),
        "dcat:keyword": ["serious further offence", "probation", "lessons learned"],
        "dcat:landingPage": _iri(root or "./"),
        "dcat:distribution": [_distribution(root, *file) for file in files],
    }
    return {
        "@context": _CONTEXT,
        "@id": f"{root}catalogue.jsonld",
        "@type": "dcat:Catalog",
        **_named(TITLE, ABOUT),
        "dct:publisher": publisher,
        "dct:license": _iri(LICENCE),
        "dcat:dataset": dataset,
    }


def _distribution(root: str, name: str, media_type: str, title: str) -> dict[str, Any]:
    return {
        "@id": f"{root}catalogue.jsonld#{name}",
        "@type": "dcat:Distribution",
        "dct:title": {"@value": title, "@language": "en"},
        "dct:license": _iri(LICENCE),
        "dcat:accessURL": _iri(f"{root}{name}"),
        "dcat:downloadURL": _iri(f"{root}{name}"),
        "dcat:mediaType": _iri(f"{_MEDIA_TYPES}{media_type}"),
    }


def _named(title: str, about: str) -> dict[str, Any]:
    return {
        "dct:title": {"@value": title, "@language": "en"},
        "dct:description": {"@value": about, "@language": "en"},
    }


def _iri(address: str) -> dict[str, str]:
    return {"@id": address}
