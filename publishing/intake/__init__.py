"""Case folders in, reviews out: everything is validated, and every fault is told at once."""

from publishing.intake.cases import (
    Intake,
    case_folders,
    is_case_name,
    load_case,
    load_decisions,
    load_every_case,
    load_text,
)
from publishing.intake.register import load_register

__all__ = [
    "Intake",
    "case_folders",
    "is_case_name",
    "load_case",
    "load_decisions",
    "load_every_case",
    "load_register",
    "load_text",
]
