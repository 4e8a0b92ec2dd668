"""Places of a review that refer to a paragraph, section or page by a number that the published page does not have."""

from __future__ import annotations

import re

_REFERENCE = re.compile(
    r"\b(?:paragraphs?|paras?\.?|pages?|pp?\.) ?\(?\d+|¶ ?\d+"
    r"|\b(?:sections?|parts?|points?|chapters?) \(?\d+(?:\.\d+)+|\b(?:see|cf\.?) \(?\d+(?:\.\d+)+"
    r"|\b(?:see|cf\.?) (?:section|part|point|chapter) \(?\d{1,2}\b(?! (?:of|to) the\b)",
    re.IGNORECASE,
)


def refers_by_number(text: str) -> bool:
    """Whether a text says "see paragraph 2", "para 4.1", "section 3.2" or "page 9"; sections of Acts are left alone."""
    return _REFERENCE.search(text) is not None
