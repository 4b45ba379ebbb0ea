"""Debian's Chromium for the tests, spoken to in the DevTools protocol over a pipe.

No driver, no port and no download: `--remote-debugging-pipe` reads commands
on descriptor 3 and answers on 4, JSON ended by NUL. Every request, dialog,
console message and policy violation of the page is kept as an event.
"""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium here: install it (Debian: apt-get install chromium) to run the browser tests"

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--remote-debugging-pipe",
)


def _pipe() -> tuple[int, int]:
    """A pipe on descriptors from 20 on, clear of those that the shell fills."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in low]
    for end in low:
        os.close(end)
    return high[0], high[1]


class Browser:
    """One page in a headless Chromium, and what happened in it."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb")
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []

    @classmethod
    @contextmanager
    def start(cls) -> Iterator[Self]:
        """A browser with one empty page; ended, with its profile, on leaving."""
        assert CHROMIUM, MISSING
        (to_read, commands), (answers, to_write) = _pipe(), _pipe()
        # Chromium wants them as 3 and 4, where something else may stand; a shell moves them there.
        moved = f'exec "$@" 3</dev/fd/{to_read} 4>/dev/fd/{to_write}'
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            process = subprocess.Popen(
                ["/bin/sh", "-c", moved, "sh", CHROMIUM, *_FLAGS, f"--user-data-dir={profile}"],
                pass_fds=(to_read, to_write),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            os.close(to_read)
            os.close(to_write)
            browser = cls(commands, answers)
            try:
                target = browser.call("Target.createTarget", url="about:blank")["targetId"]
                attached = browser.call("Target.attachToTarget", targetId=target, flatten=True)
                browser._session = attached["sessionId"]
                for domain in ("Page", "Network", "Runtime", "Log", "DOM"):
                    browser.call(f"{domain}.enable")
                yield browser
            finally:
                process.terminate()
                process.wait()
                browser._commands.close()
                browser._answers.close()

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """One command, and its result. What the page does meanwhile goes to `events`."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, page: Path) -> None:
        """Load a file and wait until it is loaded. Dialogs are dismissed, and stay in `events`."""
        del self.events[:]
        self.call("Page.navigate", url=page.resolve().as_uri())
        while not self.seen("Page.loadEventFired"):
            self._read()

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def look(self, *, width: int = 1280, dark: bool = False, media: str = "screen", script: bool = True) -> None:
        """Choose the width in pixels, the colour scheme, the medium, and whether scripts run."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)

    def screenshot(self, file: Path) -> None:
        """The whole page as PNG, for people to look at."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def seen(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every event of this kind since the page was opened."""
        return [event["params"] for event in self.events if event["method"] == method]

    def _read(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("Chromium went away")
            data += byte
        message: dict[str, Any] = json.loads(data)
        if "method" in message:
            self.events.append(message)
            if message["method"] == "Page.javascriptDialogOpening":
                self._number += 1
                dismiss = {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": False}}
                self._commands.write(json.dumps(dismiss | {"sessionId": self._session}).encode() + b"\0")
        return message
