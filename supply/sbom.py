"""The software bill of materials: every package of requirements.lock in CycloneDX 1.6, for whoever assures Candour (`make sbom`).

It is made of the lock alone: the same on every machine and day, with no path and no address of this one.
"""

from __future__ import annotations

import sys
import tomllib
import uuid
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from supply.licences import read_page
from supply.lock import CANDOUR, ROOT, Pin, needed_to_run, read_lock


def bill() -> str:
    """The whole bill, as JSON.

    Raises:
        ValueError: it would not be valid CycloneDX.
    """
    pins, project = read_lock(), tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, licences = needed_to_run(pins), read_page()
    root = Component(
        name=CANDOUR,
        version=project["version"],
        type=ComponentType.APPLICATION,
        description=project["description"],
        licenses=[LicenseExpression(project["license"])],
        bom_ref=CANDOUR,
    )
    of = {pin: _component(pin, licences[pin.key], pin.name in run) for pin in pins}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    bom = Bom(
        components=of.values(),
        # the same lock is the same bill
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{root.name} {root.version}\n{lock}"),
        metadata=BomMetaData(component=root),
    )
    # the day of writing is none of the lock's
    bom.metadata.timestamp = None
    for need in (CANDOUR, *sorted({pin.name for pin in pins})):
        needed = [component for pin, component in of.items() if need in pin.needed_by]
        for component in [root] if need == CANDOUR else [one for pin, one in of.items() if pin.name == need]:
            bom.register_dependency(component, needed)
    text = JsonV1Dot6(bom).output_as_string(indent=2) + "\n"
    if (errors := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)) is not None:
        raise ValueError(f"it is not valid CycloneDX: {errors!r}")
    return text


def _component(pin: Pin, licence: str, run: bool) -> Component:
    """A package, with the hash of every file it may be installed from."""
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=pin.key,
        purl=PackageURL("pypi", None, pin.name, pin.version),
        licenses=[LicenseExpression(licence)],
        scope=ComponentScope.REQUIRED if run else ComponentScope.EXCLUDED,
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(f"https://pypi.org/project/{pin.name}/{pin.version}/"),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin.hashes],
            )
        ],
        properties=[Property(name="candour:only-where", value=pin.marker)] if pin.marker else (),
    )


def main(path: str) -> None:
    """Write the bill."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(bill(), encoding="utf-8", newline="\n")
    print(f"Written: {path}")


if __name__ == "__main__":
    main(sys.argv[1])
