"""Datasette with a database and its metadata, asked for addresses in this process: nothing listens and nothing is fetched."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from datasette.app import Datasette


def ask_datasette(data: Path, addresses: Iterable[str]) -> dict[str, httpx.Response]:
    """The answers to addresses, for `datasette candour.db --metadata datasette.json` in a folder of open data."""
    metadata = json.loads((data / "datasette.json").read_text(encoding="utf-8"))

    async def ask() -> dict[str, httpx.Response]:
        opened = Datasette([str(data / "candour.db")], metadata=metadata)
        return {address: await opened.client.get(address) for address in addresses}

    # a browser that another test uses may have an event loop in this thread
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, ask()).result()
