"""Which dates are dates of birth: what a cue ("born", "DOB") says of its sentence, its list, its row and its column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from redaction.recognizers.columns import CELL_EDGE, Span, below, cells, is_first, line_of, lines_below
from redaction.recognizers.dates.birth_words import Gaps, Named

# -- cues ---------------------------------------------------------------------------------------------------------

_NAMED_CUE = (
    r"(?:(?:dates?|days?|months?|years?|d\.)[ -]of[ -]births?|birth[ -]?(?:dates?|years?)|d[ ]o[ ]b|d/o/b|dobs?"
    r"|dyddiad[ ]geni)(?!\w)|d\.[ ]?o\.[ ]?b(?!\w)\.?"
)
_TOLD_CUE = r"(?:born(?![ ]again|-)|(?:gave|gives?|giving)[ ]birth|births?(?=[ ](?:of|on|in)\b)|ganwyd|ganed)(?!\w)"
# "Wayne, b. 1990", "(b1990)"; but not the second point of a list ("b. 2018 audit")
_SHORT_CUE = (
    r"(?<=[(\[])b\.?(?=[ ]?(?:c\.?[ ]?)?['’]?\d)|(?<=[,;][ ])b\."
    r"|(?<![^\s])b\.(?=[ ]?[\w /.'’-]{0,16}?\d{4}(?:[),;]|\.(?!\d)|[ ]and\b|\s*$|\n))"
)
_CUE = re.compile(
    rf"(?<![\w-])(?:(?P<named>{_NAMED_CUE})|(?P<day>(?:birth|b['’-]?)days?)(?!\w)"
    rf"|(?P<told>{_TOLD_CUE})|(?P<short>{_SHORT_CUE}))",
    re.I,
)
_BIRTHDAY_AFTER = re.compile(
    r"\W{1,3}(?:(?:was|is|which was|being)\s)?(?:his|her|their|my|[A-Z]\w+['’]s)\s(?:\w{2,14}\s)?birthday"
)
# "FASHOLA, Olumide 11/02/1985" heads a record
_RECORD = re.compile(r"\b[A-Z][A-Z'’-]+,(?: [A-Z][a-zà-ÿ'’-]+){1,3},? \(?$")

# -- what may be a date of birth besides a date -------------------------------------------------------------------

_YEAR = r"(?:19|20)\d\d"
_D, _M = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_YEAR_ALONE = re.compile(rf"{_YEAR}|['’]\d\d")
_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_FIGURES = (
    rf"\d\d?(?P<s>[/.-])\d\d?(?P=s)(?:{_YEAR}|\d\d)"
    rf"|{_D}{_M}{_YEAR}|{_YEAR}{_M}{_D}|{_D}{_M}\d\d|{_D}[ ]{_M}[ ]{_YEAR}"
    rf"|{_YEAR}(?:[/–-]\d\d(?:\d\d)?)?"
)
_THAT_YEAR = r"\b(?:that|(?:the|that)[ ](?:very[ ])?(?:same|following|next|previous|preceding))[ ](?:year|month|week)\b"
_LATER = rf"\b{_NUMBER}[ ](?:years?|months?|weeks?|days?)[ ](?:later|earlier|afterwards)\b"
_BESIDES = re.compile(
    rf"(?<![\w£$€/#])(?<!\d[.,-])(?:{_FIGURES})(?!\w|[-/.]\d)"
    rf"|(?<!\w)['’]\d\d(?!\w)|\[date of birth removed\]|{_THAT_YEAR}|{_LATER}"
)
"""A year alone, a day that is one only behind a cue ("DOB:14.3.87", "14031987"), and what only a date before it explains ("that year")."""

# -- where a list goes on, and where a clause begins ---------------------------------------------------------------

_PREPOSITION_LAST = re.compile(r"\b(?:in|on|by)\s+(?:the\s+)?$", re.I)
_PREPOSITION_ALONE = re.compile(r"[\s,;]*(?:and\s+)?(?:in|on)\s+(?:the\s+)?", re.I)
_TURNS = re.compile(r"\s*,?\s*(?:and|or)\s+(?:in|on|at|by)\b")
_GIVEN_AS = re.compile(r"\bas\s+(?:the\s+)?$")
_NEW_SUBJECT = re.compile(r",?[ ](?:he|she|they|it|we|I|there|the|his|her|their|an?|Mr|Mrs|Ms|Miss|Dr|[A-Z][a-z]+)\b")
_NEXT_WORD = re.compile(r"[ \t:–—-]*([^\W\d_]+)")
_ITEM = re.compile(r"[ \t>]*(?:[-*+•|][ \t]*|\(?(?:\d{1,2}|[a-z])[.)][ \t]+)?")
_MARKED = re.compile(r"[ \t>]*(?:[-*+•|]|\(?(?:\d{1,2}|[a-z])[.)][ \t])")
_FRONTED = re.compile(
    r"(?:(?:^|[.!?;:,(|\n•]|(?:^|\n)[ \t>]*[-*+]|(?:^|\n)[ \t]*\d{1,2}[.)])[ \t\"'“‘*]*|\b(?:and|but|then)[ ])"
    r"(?:(?:in|on|by|during|around|about)[ ](?:the[ ])?)?$",
    re.I,
)
_TOLD_OF = re.compile(r"(?:\b(?:was|were|been)|[:–—|-]|^)\s*(?:the\s)?$")
_ENDS = re.compile(r"\s*(?:[.;|)]|$|\n)")
_REACH = 90
_FARTHEST = 140


def births(text: str, dates: Sequence[Span], named: Named = lambda start, end: False) -> set[Span]:
    """The dates of birth: of the `dates` found (in order), and of years and days that are dates only as such."""
    found = {span for span in dates if _beside(text, span)}
    cues = list(_CUE.finditer(text))
    if not cues:
        return found
    reader = _Reader(text, _values(text, dates), named)
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        reader.read(cue, following.start() if following else len(text))
    return found | {reader.values[n] for n in reader.births}


def _beside(text: str, span: Span) -> bool:
    """Whether a date heads a record or is somebody's birthday by the words right beside it."""
    return bool(_RECORD.search(text[max(0, span[0] - 60) : span[0]]) or _BIRTHDAY_AFTER.match(text, span[1]))


def _values(text: str, dates: Sequence[Span]) -> list[Span]:
    """Everything that may be a date of birth, in order."""
    more: list[Span] = []
    for found in _BESIDES.finditer(text):
        n = bisect_left(dates, found.end(), key=lambda date: date[0])
        if n == 0 or dates[n - 1][1] <= found.start():
            more.append(found.span())
    return sorted([*dates, *more])


class _Reader:
    """Follows each cue of one text to the dates that it speaks of; `births` are their positions in `values`."""

    def __init__(self, text: str, values: list[Span], named: Named) -> None:
        self.text = text
        self.gaps = Gaps(text, named)
        self.values = values
        self.births: set[int] = set()

    def read(self, cue: re.Match[str], until: int) -> None:
        """Take what one cue says of the dates after it, before it, under it and, until the next cue, below it."""
        line = line_of(self.text, cue.start())
        cell = next((c for c in cells(self.text, line) if c[0] <= cue.start() < c[1]), line)
        is_row = cell != line and len(self.text[slice(*line)].strip()) > cell[1] - cell[0]
        is_whole = is_row and self._is_alone(cue, cell)
        if is_whole and is_first(self.text, line):
            for under in below(self.text, cell):
                self.births.update(self._within(under))
        if not self._chain(cue.end(), cue, is_row, is_whole) and cue["told"]:
            self._before(cue, is_row)
        if not is_row:
            self._below(cue, line, until)

    # --- the sentence and the row -----------------------------------------------------------------------------------

    def _chain(self, at: int, cue: re.Match[str] | None, is_row: bool, crosses: bool) -> bool:
        """Take the dates after a cue or a date, as far as they are joined to it and to each other; whether there is one."""
        first, prepared = cue is not None, False
        for n in range(self._next(at), len(self.values)):
            start, end = self.values[n]
            if start - at > _FARTHEST or not self._joins(at, start, cue if first else None, is_row, crosses):
                break
            if not self._is_item(at, n, first, prepared) or (
                cue and cue["day"] and _YEAR_ALONE.fullmatch(self.text, start, end)
            ):
                break
            if n in self.births and not first:
                return True
            self.births.add(n)
            prepared = prepared or (first and _PREPOSITION_LAST.search(self.text, at, start) is not None)
            first, at = False, end
        return not first

    def _joins(self, at: int, start: int, cue: re.Match[str] | None, is_row: bool, crosses: bool) -> bool:
        """Whether what stands before a date joins it to the cue, or to the date before it."""
        gap = self.text[at:start]
        edge = CELL_EDGE.search(gap)
        if (is_row and "\n" in gap) or (edge and not crosses) or (cue is not None and _TURNS.match(gap)):
            return False
        if cue is not None and cue["told"] and not edge:
            return self.gaps.lead(at, start)
        if self.gaps.are_plain(at, start, crosses=crosses, given=cue is not None):
            return True
        return cue is not None and not edge and _GIVEN_AS.search(gap) is not None and self.gaps.lead(at, start)

    def _is_item(self, at: int, n: int, first: bool, prepared: bool) -> bool:
        """Whether a date is one of a list, by what follows it: no clause begins with it ("in 2005 he was convicted")."""
        gap, (_, end) = self.text[at : self.values[n][0]], self.values[n]
        if (not first or "," in gap) and _PREPOSITION_LAST.search(gap) and _NEW_SUBJECT.match(self.text, end):
            return False
        if not first and not prepared and _PREPOSITION_ALONE.fullmatch(gap):
            # "Mr B, born 1990, in 2020": what happened in 2020 was told before
            return False
        if first or any(c.isalpha() for c in gap):
            return True
        following = _NEXT_WORD.match(self.text, end)
        return following is None or self.gaps.is_plain(following[1], following.start(1))

    def _before(self, cue: re.Match[str], is_row: bool) -> None:
        """Take the date that opens the clause of a birth: "In 2012 her son was born", "4 May 2012: birth of Ava"."""
        n = self._next(cue.start()) - 1
        if n < 0:
            return
        (start, end), text = self.values[n], self.text
        gap = text[end : cue.start()]
        told = _TOLD_OF.search(gap) or _ENDS.match(text, cue.end()) or "birth" in cue[0].casefold()
        if not told or len(gap) > _REACH or not self.gaps.are_plain(end, cue.start(), crosses=is_row):
            return
        if _FRONTED.search(text[max(0, start - 40) : start]):
            self.births.add(n)

    # --- lists, rows and columns ------------------------------------------------------------------------------------

    def _below(self, cue: re.Match[str], line: Span, until: int) -> None:
        """Take the dates of the lines below, before the next cue: of a list that the cue's line leads into, or of which it is an item itself."""
        on_line = self._within((cue.end(), line[1]))
        if on_line and not (_MARKED.match(self.text, *line) and on_line[0] in self.births):
            return
        if not on_line and not self._leads_on(cue, line):
            return
        for row in lines_below(self.text, line[0]):
            if row[1] > until:
                return
            item = _ITEM.match(self.text, *row)
            assert item is not None
            is_listed = _MARKED.match(self.text, *row) is not None or self.text.startswith("|", item.end())
            if self.text[slice(*row)].strip() and not self._take_item((item.end(), row[1]), is_listed):
                return

    def _leads_on(self, cue: re.Match[str], line: Span) -> bool:
        """Whether a line without a date leads into what is below it: "Dates of birth:", "The children were born on:"."""
        if not self.gaps.are_plain(cue.end(), line[1], given=True):
            return False
        rest = self.text[cue.end() : line[1]].rstrip()
        if rest.endswith(":"):
            return True
        return cue["named"] is not None and self.gaps.are_plain(line[0], cue.start()) and not rest.endswith(".")

    def _take_item(self, line: Span, is_listed: bool) -> bool:
        """Take the date of one line of a list; whether the list goes on. A line that no mark lists holds nothing else."""
        inside = self._within(line)
        if not inside:
            return is_listed
        start, end = self.values[inside[0]]
        lead = self.text[line[0] : start]
        if not self.gaps.are_plain(line[0], start, crosses=True):
            return False
        following = _NEXT_WORD.match(self.text, end, line[1])
        if following and not any(map(str.isalpha, lead)) and not self.gaps.is_plain(following[1], following.start(1)):
            return False
        if not is_listed and not self.gaps.are_plain(self.values[inside[-1]][1], line[1]):
            return False
        self.births.add(inside[0])
        self._chain(end, None, True, False)
        return True

    def _is_alone(self, cue: re.Match[str], cell: Span) -> bool:
        """Whether a cell says nothing but that it holds, or heads, dates of birth."""
        if cue["told"]:
            rest = self.text[cue.end() : cell[1]].strip(" :").casefold()
            return not self.text[cell[0] : cue.start()].strip() and rest in {"", "on", "in"}
        plain = self.gaps.are_plain(cell[0], cue.start()) and self.gaps.are_plain(cue.end(), cell[1], given=True)
        return plain and not self._within(cell)

    def _within(self, span: Span) -> range:
        """The positions of the values inside a span."""
        return range(self._next(span[0]), self._next(span[1]))

    def _next(self, at: int) -> int:
        return bisect_left(self.values, (at, 0))
