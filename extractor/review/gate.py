"""The gate: who may use the page, and what a browser may do with it.

It is for the one person at this machine. What it keeps out: pages of other
sites that send forms here (cross-site request forgery) or read from here by a
name of theirs that leads to 127.0.0.1 (DNS rebinding), other people on this
machine, and an article that would be more than text.
"""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ["127.0.0.1", "localhost"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What the page may load and do (W3C Content Security Policy 3)."""
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_KEYLESS = "Open the address that `extractor review` has printed: it holds the key to this page.\n"
_ELSEWHERE = "This was sent from another page: open the address that `extractor review` has printed.\n"
_SAFE = ("GET", "HEAD")


class Policy:
    """Says with every response what the browser may do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, told)


class Gate:
    """Lets in who brings the token, once in the address and from then on as a cookie, and only from its own pages."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app, self.token = app, token
        self.cookie = f"extractor-review-{port}"  # cookies know no ports, and several pages can be open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        response: PlainTextResponse | RedirectResponse | None = None
        if scope["method"] in _SAFE and self._fits(given):
            response = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
            response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")
        elif not self._fits(cookie_parser(headers.get("cookie", "")).get(self.cookie, "")):
            response = PlainTextResponse(_KEYLESS, status_code=HTTPStatus.FORBIDDEN)
        elif scope["method"] not in _SAFE and not _own(headers):
            response = PlainTextResponse(_ELSEWHERE, status_code=HTTPStatus.FORBIDDEN)
        await (response or self.app)(scope, receive, send)

    def _fits(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())


def _own(headers: Headers) -> bool:
    """Whether a request comes from a page of this server.

    By `Sec-Fetch-Site` (W3C Fetch Metadata) where it is sent, else by
    `Origin`, which is `null` in forms of pages without a referrer.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    own = f"http://{headers.get('host')}"
    return (site == "same-origin" and origin in (None, "null", own)) or (site is None and origin == own)
