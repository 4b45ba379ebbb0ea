"""The Chromium of this machine for the tests, driven by Playwright. No browser is ever downloaded.

    @pytest.fixture(scope="module")
    def browser() -> Iterator[Browser]:
        with Browser.start() as started:
            yield started

    page = browser.open(file, width=390, dark=True)
    assert browser.complaints == []

While a browser runs, Playwright's event loop counts as running in its thread:
coroutine tests stand in another module, and servers run in a thread or process
of their own. They serve several connections at once, as Chromium opens some
ahead and leaves them idle.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Self, TypedDict, Unpack

from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api as playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium here: install it (Debian: apt-get install chromium) to run the browser tests"
_PATIENCE = 120_000
"""Milliseconds after which a page, or what is expected of it, is given up: many, for busy machines."""
playwright.expect.set_options(timeout=_PATIENCE)


class Look(TypedDict, total=False):
    """How a page is looked at."""

    width: int
    """Of the window, in CSS pixels: 1280 unless told; below 500 it is a telephone's."""
    dark: bool
    media: Literal["screen", "print"]
    javascript: bool
    """Whether scripts of the page run. `Page.evaluate` works without them too."""
    offline: bool
    bypass_csp: bool
    """For a test that has to add a script of its own."""


class Browser:
    """A headless Chromium, and what the pages that are open now have done."""

    def __init__(self, chromium: playwright.Browser) -> None:
        self._chromium = chromium
        self._begin()

    @classmethod
    @contextmanager
    def start(cls) -> Iterator[Self]:
        """A browser without a page; ended on leaving. It takes a second: one a module will do."""
        assert CHROMIUM, MISSING
        with playwright.sync_playwright() as driver, driver.chromium.launch(executable_path=CHROMIUM) as chromium:
            yield cls(chromium)

    @property
    def version(self) -> str:
        """Chromium's."""
        return self._chromium.version

    def open(self, file: Path, **look: Unpack[Look]) -> playwright.Page:
        """A file in a window of its own, as `goto`."""
        return self.goto(file.resolve().as_uri(), **look)

    def goto(self, url: str, **look: Unpack[Look]) -> playwright.Page:
        """A page in a new context, loaded: no cookie or storage is left, and what was open before is closed."""
        self._begin()
        width = look.get("width", 1280)
        self.context = self._chromium.new_context(
            viewport={"width": width, "height": 900},
            is_mobile=width < 500,
            color_scheme="dark" if look.get("dark") else "light",
            java_script_enabled=look.get("javascript", True),
            offline=look.get("offline", False),
            bypass_csp=look.get("bypass_csp", False),
        )
        self.context.set_default_timeout(_PATIENCE)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("response", lambda response: self.responses.append(response.url))
        self.context.on("console", lambda message: self.complaints.append(message.text))
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("dialog", self._dismiss)
        return self.tab(url, media=look.get("media", "screen"))

    def tab(self, url: str, *, media: Literal["screen", "print"] = "screen") -> playwright.Page:
        """One more page in the context of the one that is open, loaded."""
        page = self.context.new_page()
        page.emulate_media(media=media)
        page.goto(url)
        return page

    def _begin(self) -> None:
        for context in self._chromium.contexts:
            context.close()
        self.requests: list[str] = []
        """The address of every request, also of those that were stopped."""
        self.responses: list[str] = []
        self.complaints: list[str] = []
        """All that stands in the console: messages, breaches of the page's policy, uncaught exceptions."""
        self.dialogs: list[str] = []
        """What dialogs said; all are dismissed."""

    def _dismiss(self, dialog: playwright.Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


def violations(page: playwright.Page) -> list[str]:
    """What axe-core has to say against a page: rule, element and reason. What is hidden isn't looked at.

    All its rules count, those of WCAG 2 as well as its best practices.
    """
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
