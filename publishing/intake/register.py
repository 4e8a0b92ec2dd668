"""The register of a case: register.yml in its folder, if it has one."""

from __future__ import annotations

from pathlib import Path

from redaction import REGISTER, Register, RegisterError
from redaction.strict_files.faults import Fault


def load_register(folder: Path) -> Register | None:
    """What a case declares; None where it has no register.

    Raises:
        RegisterError: it cannot be read, or holds a name that YAML would lose or change; no name is in the message.
    """
    path = folder / REGISTER
    if not path.is_symlink() and not path.exists():
        return None
    if folder.is_symlink():
        fault = Fault(REGISTER, None, "stands behind a link: put the case's folder itself in its place")
        raise RegisterError(str(fault))
    return Register.load(path)


def is_misnamed(folder: Path) -> bool:
    """Whether a file of a case was meant to be its register, such as register.yaml or register.yml.txt."""
    return any(path.name != REGISTER and path.name.casefold().startswith("register") for path in folder.iterdir())
