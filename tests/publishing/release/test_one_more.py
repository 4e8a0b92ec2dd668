"""Adding a review changes only what it should: the samples as they are built, and a build of them without one case."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import shutil
from pathlib import Path

from publishing.release import swap
from publishing.release.build import build
from tests.support.paths import GOLDEN, contents
from tests.support.samples import AS_OF, Sample

LISTED = GOLDEN / "one-more-review.txt"
CASE, PUBLIC_ID = "nutmeg-davit-01", "2026-016"


def test_adding_a_review_changes_only_what_it_should(sample: Sample, tmp_path: Path) -> None:
    """Exactly the files that the golden list names, in Markdown and in HTML; every other is the same byte for byte.

    The list says why each changes. Search alone is not told by name: its shards are named after their content, and one
    more record moves words between them; of every page that did not change, what search shows of it is the same.
    """
    # with what was redacted for that build and the pages that it kept: nothing of any other case changes, and a page that
    # is the same with the case and without is one that the list must not name
    reviews = shutil.copytree(sample.reviews, tmp_path / "reviews")
    shutil.rmtree(reviews / CASE)
    out = tmp_path / "before"
    out.mkdir()
    shutil.copytree(swap.private_path(sample.out, "pages"), swap.private_path(out, "pages"))
    shutil.copy(sample.out / "README.md", out)
    build(reviews, out, dt.date.fromisoformat(AS_OF))
    before, after = contents(out), contents(sample.out)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    found = sorted(name.removeprefix("markdown/") for name in changed if name.startswith("markdown/"))
    listed = LISTED.read_text(encoding="utf-8").splitlines()
    assert found == sorted(line for line in listed if line and line[0] != "#")
    assert {name for name in before if name not in after and "/pagefind/" not in name} == set()
    in_html = {f"site/{re.sub(r'(/index)?[.]md$', '/index.html', f'/{name}').lstrip('/')}" for name in found}
    # what is put into the built site, and is no page: the review's text, and the hashes of all data
    in_html |= {f"site/data/reviews/{PUBLIC_ID}.md", "site/data/checksums.txt"}
    searched = {name for name in changed if name.startswith("site/pagefind/")}
    assert changed - searched - {"manifest.txt"} == {f"markdown/{name}" for name in found} | in_html
    shards = r"site/pagefind/(pagefind-entry\.json|words\.json|pagefind\.en_\w+\.pf_meta|(index|filter|fragment)/en_\w+\.pf_\w+)"
    assert all(re.fullmatch(shards, name) for name in searched)
    old, new = records(before), records(after)
    same = [address for address in old if f"site{address.partition('#')[0]}index.html" not in changed]
    assert len(same) > 100
    assert all(old[address] == new[address] for address in same)
    assert {address for address in new if address not in old} == {
        f"/reviews/{PUBLIC_ID}/{lesson}" for lesson in ("", *(f"#lesson-{n}" for n in range(1, 5)))
    }


def records(files: dict[str, bytes]) -> dict[str, object]:
    """What search shows of each page and lesson, by its address."""
    found = (
        json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
        for name, data in files.items()
        if name.endswith(".pf_fragment")
    )
    return {str(record["url"]): record for record in found}
