"""What a page says in a browser, as texts to be searched: what is drawn, what stands in the document, and what is read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publishing.release.browser.devtools import Chromium, PageTimeoutError

_CLOCK = {"policy": "pauseIfNetworkFetchesPending", "budget": 5000, "maxVirtualTimeTaskStarvationCount": 100_000}
"""Scripts get five seconds of a page's own time after it has loaded: its clock is turned on, and nobody waits for it."""
_LOADED = ("load", "networkIdle")
"""The second comes where a script leads on meanwhile: then the first never does."""
_CLOSING = 10.0
_RUNS_ON = ("inline", "ruby", "contents")
"""How displays begin that begin no line of their own."""
_DRAWN = frozenset({"StaticText", "InlineTextBox"})
"""Roles of text that is drawn, and told by the snapshot."""


def read_page(chromium: Chromium, address: str) -> tuple[str, ...]:
    """Open a page, let its scripts run, and tell everything that it says.

    Raises:
        PageTimeoutError: it does not come to an end.
        BrowserError: the browser runs no more.
    """
    target = chromium.call("Target.createTarget", url="about:blank")["targetId"]
    try:
        return _read(chromium, target, address)
    finally:
        chromium.allow(_CLOSING)
        chromium.call("Target.closeTarget", targetId=target)


def _read(chromium: Chromium, target: str, address: str) -> tuple[str, ...]:
    session = chromium.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    chromium.call("Page.enable", session)
    chromium.call("Page.setLifecycleEventsEnabled", session, enabled=True)
    opened = chromium.call("Page.navigate", session, url=address)
    if "errorText" in opened:
        raise PageTimeoutError
    chromium.wait_for(
        "Page.lifecycleEvent", session, lambda said: said["loaderId"] == opened["loaderId"] and said["name"] in _LOADED
    )
    chromium.call("Emulation.setVirtualTimePolicy", session, **_CLOCK)
    chromium.wait_for("Emulation.virtualTimeBudgetExpired", session)
    snapshot = chromium.call("DOMSnapshot.captureSnapshot", session, computedStyles=["display"])
    root = chromium.call("DOM.getDocument", session, depth=0)["root"]["nodeId"]
    html = chromium.call("DOM.getOuterHTML", session, nodeId=root, includeShadowDOM=True)["outerHTML"]
    tree = chromium.call("Accessibility.getFullAXTree", session)["nodes"]
    drawn = [list(_drawn(document, snapshot["strings"])) for document in snapshot["documents"]]
    lines = "\n".join("".join(text for _, text in _with_breaks(document)) for document in drawn)
    run_together = "\n".join("".join(text for _, text in document) for document in drawn)
    return (lines, run_together, html, "\n".join((*_read_aloud(tree), *chromium.dialogs)))


def _drawn(document: Mapping[str, Any], strings: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each piece of text that is drawn, that of styles and of shadow trees among it, with the node in whose line it runs on."""
    parents, layout = document["nodes"]["parentIndex"], document["layout"]
    displays = {
        node: strings[styles[0]] if styles else "block"
        for node, styles in zip(layout["nodeIndex"], layout["styles"], strict=True)
    }
    for node, text in zip(layout["nodeIndex"], layout["text"], strict=True):
        if text < 0:
            continue
        around = parents[node]
        while around > 0 and displays.get(around, "contents").startswith(_RUNS_ON):
            around = parents[around]
        yield around, strings[text]


def _with_breaks(pieces: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The pieces, with a new line wherever another block begins."""
    before = -1
    for around, text in pieces:
        yield around, text if around == before else f"\n{text}"
        before = around


def _read_aloud(tree: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Names, values and descriptions that assistive technology is given, of what is not drawn text."""
    for node in tree:
        if node.get("role", {}).get("value") not in _DRAWN:
            for said in ("name", "value", "description"):
                if text := node.get(said, {}).get("value"):
                    yield str(text)
