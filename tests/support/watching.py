"""What a program asks of the system, and every program that it starts: strace sees native code and children too."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MISSING = "left out: strace is missing here or may not watch (Debian: apt-get install strace)"
REQUIRED = os.environ.get("CANDOUR_REQUIRE_STRACE") == "1"
CALLS = "trace=/^(open|creat|mkdir|connect|bind|send(to|m))"

_ADDRESS = re.compile(r"sa_family=AF_(?!UNIX|NETLINK|UNSPEC)[^}]*")
_OWN = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.[\d.]+)"')
_ASKS = re.compile(r'_port=htons\(53\)|"/etc/resolv\.conf"')
_OPENED = re.compile(r'\b(?:open|openat|openat2)\([^"]*"([^"]*)", .*\b(?:O_WRONLY|O_RDWR|O_CREAT)\b')
_MADE = re.compile(r'\b(?:creat|mkdir|mkdirat)\([^"]*"([^"]*)"')


@dataclass(frozen=True)
class Watched:
    """A program that is watched while it works in one folder, with an empty one for a home."""

    folder: Path
    home: Path

    def command(self) -> tuple[str, ...]:
        """The command that runs another and notes its calls; empty where there is none or it may not."""
        return ("strace", "-f", "--seccomp-bpf", "-qq", "-e", CALLS, "-o", str(self._log)) if may_watch() else ()

    def environment(self) -> dict[str, str]:
        """What a person's machine sets, one who wants telemetry: on a server that tests, libraries keep quiet by themselves."""
        passing = self.folder / "tmp"
        passing.mkdir(exist_ok=True)
        kept = {
            name: os.environ[name]
            for name in ("PATH", "PYTHONPATH", "SYSTEMROOT", "CANDOUR_CHROMIUM")
            if name in os.environ
        }
        return {
            **kept,
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "ORT_DISABLE_TELEMETRY": "0",
            "TMPDIR": str(passing),
        }

    def reached(self) -> list[str]:
        """The calls that name another machine, let one in or ask for one's address."""
        return [line for line in self._lines() if _ASKS.search(line) or _leads_out(line)]

    def wrote(self) -> list[str]:
        """The files and folders elsewhere that were opened for writing or made; devices and compiled Python do not count."""
        found = [match[1] for line in self._lines() for match in [_OPENED.search(line) or _MADE.search(line)] if match]
        return [path for path in found if self._is_elsewhere(Path(path))]

    def _is_elsewhere(self, path: Path) -> bool:
        own = self.folder, Path("/dev"), Path("/proc")
        return path.is_absolute() and "__pycache__" not in path.parts and not any(map(path.is_relative_to, own))

    def _lines(self) -> list[str]:
        return self._log.read_text(encoding="utf-8").splitlines()

    @property
    def _log(self) -> Path:
        return self.folder / "calls.log"


@cache
def may_watch() -> bool:
    """Whether strace is here and may watch what it starts."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def _leads_out(line: str) -> bool:
    return any(not _OWN.search(address) for address in _ADDRESS.findall(line))
