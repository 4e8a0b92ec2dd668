"""What can go wrong in publishing, in users' words. No message ever holds a word of a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence


class PublishingError(Exception):
    """Base of every error that a user can mend; its text says what, which case, and what to do next."""


class FormRefusedError(PublishingError):
    """What a form says cannot be written; `faults` has the words for each field that is at fault, by its name in the form."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


class CaseError(PublishingError):
    """A case folder is malformed: every fault of it, each already in plain words."""

    def __init__(self, case: str, faults: Sequence[str]) -> None:
        self.case = case
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{case}: {fault}" for fault in self.faults))


class UnfilledCaseError(CaseError):
    """A draft with which nothing is wrong but that fields of it are still empty."""


class UnreadableRegisterError(PublishingError):
    """A register cannot be read: its names could not be guarded against, so nothing is built.

    `others` are the faults of other files, in words: whoever mends the one mends them all.
    """

    def __init__(self, problems: Mapping[str, str], others: Sequence[str] = ()) -> None:
        self.problems = dict(problems)
        self.others = tuple(others)
        lines = [f"{case}: {problem}" for case, problem in self.problems.items()]
        advice = (
            "Nothing is signed or published while a register cannot be read, because the names in it could not be guarded "
            "against: mend register.yml, then try again."
        )
        super().__init__("\n".join([*lines, *self.others, advice]))


class WordRefusedError(PublishingError):
    """A Word file cannot be imported as it stands: everything that must be done to it first."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            "\n".join(
                ["The Word file was not imported:", *(f"- {reason}" for reason in reasons), "Nothing was written."]
            )
        )


class TamperedSignatureError(PublishingError):
    """The stored text is not the text that was signed, or its signature does not hold; `reason` says which, in words."""

    def __init__(self, case: str, reason: str = "signed.json no longer holds the text that was signed") -> None:
        self.reason = reason
        super().__init__(
            f"{case}: {reason}. Restore the file, or check the case and sign it again: candour sign-off {case} --by NAME"
        )


class SignersError(PublishingError):
    """The list of who may sign does not hold, or a change to it was refused."""


class SigningRefusedError(PublishingError):
    """The review may not be signed as it stands."""

    def __init__(self, case: str, reasons: Sequence[str]) -> None:
        self.case = case
        self.reasons = tuple(reasons)
        super().__init__("\n".join(f"{case}: not signed: {reason}" for reason in self.reasons))


class LeakError(PublishingError):
    """An identity was found in what would be published. Findings name files and cases, never identities."""

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            "The release was stopped: an identity was found in what would be published.\n"
            + "\n".join(self.findings)
            + "\nWhat stood published before is untouched. If a page means somebody or something else of the same name, say so in "
            "that case's register.yml under namesakes (docs/formats.md)."
        )


class ManifestError(PublishingError):
    """A copy of the site is not what was released; `differences` name each file of it that differs, and how."""

    def __init__(self, differences: Sequence[str]) -> None:
        self.differences = tuple(differences)
        super().__init__(
            "This copy is not what was released:\n"
            + "\n".join(self.differences)
            + "\nPut the whole site folder on the web server again, and find out who or what changed the copy."
        )


class ManifestSignatureError(PublishingError):
    """A manifest is not signed where it must be, or its signature does not hold."""


class BrowserError(PublishingError):
    """The browser in which pages are looked at is missing, did not start or stopped."""


class LostPageError(PublishingError):
    """A build would lose pages that stand published."""

    def __init__(
        self, public_ids: Sequence[str], before_signed: dt.date | None = None, *, second_missing: bool = False
    ) -> None:
        """Name the pages, and what to do.

        Args:
            public_ids: their references.
            before_signed: the day that was built for, where the pages were signed after it.
            second_missing: whether a text that was signed again waits for a second person's signature.
        """
        self.public_ids = tuple(public_ids)
        advice = "A published page goes away by withdrawal alone: candour withdraw CASE --reason …"
        if before_signed:
            advice = (
                f"They were signed after {before_signed}, the day that was built for: is this machine's date right?"
            )
        elif second_missing:
            advice = "A text among them waits for the signature of a second person, as told above: have it signed, then build again."
        pages = ", ".join(self.public_ids)
        super().__init__(
            f"Nothing was published: these pages stand published and this build would lose them: {pages}. {advice}"
        )


class BuildError(PublishingError):
    """A step of the build failed; nothing was swapped."""


class FullDiskError(PublishingError):
    """No room is left to write in. `where` says which folder needs it, in words: a path may be private."""

    def __init__(self, where: str, need: int) -> None:
        self.where = where
        self.need = need
        super().__init__(f"The disk is full: {self.needed}; make room and run it again. What stood before stands.")

    @property
    def needed(self) -> str:
        """How much room is needed, and where."""
        megabytes = max(1, -(-self.need // 1_000_000))
        return f"about {megabytes} MB {'is' if megabytes == 1 else 'are'} needed in {self.where}"
