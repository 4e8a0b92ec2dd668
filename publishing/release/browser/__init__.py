"""The built site as a real browser shows it, searched as its files are: what only a script or a style puts there is seen too."""

from publishing.release.browser.devtools import require_chromium
from publishing.release.browser.page_check import check_pages

__all__ = ["check_pages", "require_chromium"]
