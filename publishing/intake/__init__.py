"""Case folders in, reviews out: everything is validated, and every fault is told at once."""

from publishing.intake.cases import Intake, case_folders, decisions_of, is_case_name, load, read_all
from publishing.intake.registers import load as register_of

__all__ = ["Intake", "case_folders", "decisions_of", "is_case_name", "load", "read_all", "register_of"]
