"""The cache: private, whole or absent, never in the way."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from publishing.files.cache import Cache, key_of

KEY = key_of(determined_by={"texts": ["a"]})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_put_is_got(tmp_path: Path) -> None:
    """A value comes back as it was."""
    cache = Cache.of_reviews(tmp_path)
    cache.put(KEY, {"texts": ["é"]})
    assert Cache.of_reviews(tmp_path).get(KEY) == {"texts": ["é"]}


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """0700 and 0600, even where the folder was there before and open."""
    (tmp_path / ".candour").mkdir(mode=0o755)
    Cache.of_reviews(tmp_path).put(KEY, {})
    assert mode(tmp_path / ".candour") == 0o700
    assert mode(tmp_path / ".candour" / "cache") == 0o700
    assert [mode(path) for path in (tmp_path / ".candour" / "cache").iterdir()] == [0o600]


def test_each_case_has_a_folder_of_its_own(tmp_path: Path) -> None:
    """It goes and moves with the case, and what is swept leaves no empty folder behind."""
    cache = Cache.of_reviews(tmp_path)
    for case in ("amber-kettle-21", "walnut-anchor-08"):
        (tmp_path / case).mkdir()
        cache.put(f"{case}/{KEY}", {"n": 1})
    cache.put(f"quartz-basin-11/{KEY}", {"n": 1})
    assert cache.get(f"quartz-basin-11/{KEY}") is None, "a case that is there no more leaves nothing"
    assert mode(cache.folder / "amber-kettle-21") == 0o700
    (cache.folder / "amber-kettle-21").rename(cache.folder / "slate-harbour-40")
    assert cache.get(f"amber-kettle-21/{KEY}") is None
    assert cache.get(f"slate-harbour-40/{KEY}") == {"n": 1}
    os.utime(cache.folder / "slate-harbour-40" / f"{KEY}.json", (time.time() - 40 * 86400,) * 2)
    cache.sweep()
    assert [path.name for path in cache.folder.iterdir()] == ["walnut-anchor-08"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"key": "other", "value": {}}', b"[" * 100_000])
def test_a_corrupt_entry_is_ignored_and_rewritten(tmp_path: Path, content: bytes) -> None:
    """Half a file, junk, or an entry under another's name is none."""
    cache = Cache.of_reviews(tmp_path)
    cache.put(KEY, {"n": 1})
    path = cache.folder / f"{KEY}.json"
    path.write_bytes(content)
    assert cache.get(KEY) is None
    cache.put(KEY, {"n": 2})
    assert cache.get(KEY) == {"n": 2}


def test_an_entry_that_was_damaged_is_none(tmp_path: Path) -> None:
    """Whichever of its bytes is another, though it may still be JSON of its name."""
    cache = Cache.of_reviews(tmp_path)
    cache.put(KEY, {"text": "read on 3 May"})
    path = cache.folder / f"{KEY}.json"
    whole = path.read_bytes()
    for place, byte in enumerate(whole):
        path.write_bytes(whole[:place] + bytes([byte ^ 1]) + whole[place + 1 :])
        assert cache.get(KEY) is None, place
    path.write_bytes(whole)
    assert cache.get(KEY) == {"text": "read on 3 May"}


def test_old_entries_are_swept_and_used_ones_stay(tmp_path: Path) -> None:
    """What no build asked for in a month goes, and so does what a killed build left half written."""
    cache = Cache.of_reviews(tmp_path)
    used, unused = key_of(determined_by={"n": 1}), key_of(determined_by={"n": 2})
    for key in (used, unused):
        cache.put(key, {})
        os.utime(cache.folder / f"{key}.json", (time.time() - 40 * 86400,) * 2)
    (cache.folder / f".{used}.json.abc.part").write_text("half")
    os.utime(cache.folder / f".{used}.json.abc.part", (time.time() - 7200,) * 2)
    cache.get(used)
    cache.sweep()
    assert [path.name for path in cache.folder.iterdir()] == [f"{used}.json"]


def test_a_folder_that_cannot_be_written_to_only_costs_time(tmp_path: Path) -> None:
    """No cache is not an error."""
    (tmp_path / ".candour").write_text("a file in the way")
    cache = Cache.of_reviews(tmp_path)
    cache.put(KEY, {})
    cache.sweep()
    assert cache.get(KEY) is None


def test_everything_that_decides_changes_the_key() -> None:
    """Order of fields does not matter; values do."""
    assert key_of(determined_by={"a": 1, "b": 2}) == key_of(determined_by={"b": 2, "a": 1})
    assert key_of(determined_by={"a": 1}) != key_of(determined_by={"a": 2})


def test_what_is_not_kept_goes_and_a_link_is_not_followed(tmp_path: Path) -> None:
    """Nothing but the entries that are asked for stays; a folder that is a link loses the link and nothing else."""
    cache = Cache(tmp_path / "pages", lasting=False)
    for key in ("a", "b"):
        cache.put(key, {"words": key})
    assert cache.keep_only({"a"})
    assert (cache.get("a"), cache.get("b")) == ({"words": "a"}, None)
    assert cache.folder.stat().st_mode & 0o077 == 0
    assert cache.keep_only(())
    assert not cache.folder.exists()
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "file").touch()
    cache.folder.symlink_to(tmp_path / "theirs")
    assert cache.keep_only(())
    assert (tmp_path / "theirs" / "file").exists()
    assert not cache.folder.is_symlink()


def test_what_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "pages", lasting=False)
    cache.put("a", {})

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    assert not cache.keep_only(())
