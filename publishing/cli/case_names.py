"""Which case somebody means on the command line: by its folder's name, the folder's path, or its public reference."""

from __future__ import annotations

from pathlib import Path

from publishing import intake
from publishing.release.withdrawal import public_id_of


def find_case(reviews: Path, said: str) -> str:
    """The name of the case that is meant; what was said where it fits none, for the command to refuse."""
    name = Path(said).name
    if not reviews.is_dir():
        return said
    if intake.is_case_name(said):
        if (reviews / said).is_dir():
            return said
    elif intake.is_case_name(name) and (reviews / name).is_dir() and Path(said).resolve() == (reviews / name).resolve():
        return name
    referred = [folder.name for folder in intake.case_folders(reviews) if public_id_of(folder) == said]
    return referred[0] if len(referred) == 1 else said
