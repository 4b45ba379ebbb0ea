"""The page's face: addresses, forms and answers. Every form is answered by a redirect or by a page that says why not.

GET  /               the next item, or that nothing waits; ?settled=1: once the meetings are made anew
GET  /items          the queue, searched by ?q= and ?queue=
GET  /items/ID       one item
POST /items/ID       an answer
GET  /decisions      the log
POST /undo           undoes decisions by their numbers
"""

from functools import cache
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from extractor import log
from extractor.errors import ConfigurationError, ExtractorError
from extractor.review import screens
from extractor.review.desk import Answer, Desk, Meanwhile
from extractor.review.gate import HOSTS, Gate, Policy
from extractor.review.listing import Place, View
from extractor.review.snapshot import Sheet, Snapshot, about, judged, last_of, progress, said
from extractor.schemas import DecisionKind, Queue, QueueItem

Form = dict[str, list[str]]
SETTLED = "settled"
"""Asks, in an address, to wait until the meetings are made anew."""
SHOWN = 500
"""Lines of the log, and items of a queue, on one page."""


def app(desk: Desk, token: str, port: int) -> Starlette:
    """The page over a desk, for who brings the token."""
    pages = _Pages(desk)
    return Starlette(
        routes=[
            Route("/", pages.start),
            Route("/items", pages.items),
            Route("/items/{id}", pages.item),
            Route("/items/{id}", pages.answer, methods=["POST"]),
            Route("/decisions", pages.decisions),
            Route("/undo", pages.undo, methods=["POST"]),
            Route("/review.css", pages.style),
            Mount("/static", StaticFiles(directory=screens.STATIC)),
        ],
        middleware=[
            Middleware(Policy),
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS),
            Middleware(Gate, token=token, port=port),
        ],
        exception_handlers={ExtractorError: pages.failed},
    )


class _Pages:
    """The addresses. What takes time runs in a thread."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.templates = screens.environment()

    def start(self, request: Request) -> Response:
        """The first item that nobody left open; where none is left, the end."""
        view = View.of(request.query_params)
        snapshot = self.desk.settled() if SETTLED in request.query_params else self.desk.now()
        queue = self._chosen(snapshot, view)
        if first := next((item for item in queue if not item.left_open), None):
            return _to(f"/items/{first.id}{view.query}")
        again = f"/{view.query}{'&' if view.query else '?'}{SETTLED}=1"
        return self._page("end", snapshot, view, left=queue, again=again, settling=self.desk.settling)

    def items(self, request: Request) -> Response:
        """The queue."""
        snapshot, view = self.desk.now(), View.of(request.query_params)
        found = self._chosen(snapshot, view)
        titles = {id_: diff.title for id_, (_, diff) in snapshot.meetings.items()}
        return self._page("items", snapshot, view, found=found, shown=found[:SHOWN], queues=tuple(Queue), titles=titles)

    def item(self, request: Request) -> Response:
        """One item; of one that is no longer asked, what stands."""
        snapshot, view, id_ = self.desk.now(), View.of(request.query_params), request.path_params["id"]
        sheet = self.desk.look(snapshot, id_)
        if sheet:
            return self._item(snapshot, view, sheet)
        gone = self.desk.recall(id_)
        return self._meanwhile(snapshot, view, Meanwhile(gone, gone and judged(snapshot, gone.item)), None)

    async def answer(self, request: Request) -> Response:
        """Takes an answer, and goes on to the next item."""
        form = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        return await run_in_threadpool(self._answer, request, form)

    def _answer(self, request: Request, form: Form) -> Response:
        view, id_ = View.of(request.query_params), request.path_params["id"]
        answer = Answer(
            item=id_,
            shown=_first(form, "shown"),
            name=_first(form, "answer"),
            value=_first(form, "value").strip() or None,
            reason=_first(form, "note").strip(),
            anyway=bool(_first(form, "anyway")),
        )
        try:
            if answer.name == "edit" and not answer.value:
                raise ConfigurationError("which value? Type it beside the button")
            done = self.desk.answer(answer)
        except ExtractorError as error:
            snapshot = self.desk.now()
            sheet = self.desk.look(snapshot, id_) or self.desk.recall(id_)
            if sheet is None:
                raise
            return self._item(snapshot, view, sheet, answer, str(error))
        if isinstance(done, Meanwhile):
            return self._meanwhile(self.desk.now(), view, done, answer)
        sheet = self.desk.recall(id_)
        after = sheet and Place.among(sheet.item, self._chosen(self.desk.now(), view)).after
        return _to(f"/items/{after.id}{view.query}" if after else f"/{view.query}")

    def decisions(self, request: Request) -> Response:
        """The log, newest first."""
        snapshot = self.desk.now()
        waits = snapshot.waiting
        lines = [entry.line for entry in log.entries(snapshot.log, waits.decided, waits.meetings)][::-1]
        return self._page(
            "decisions", snapshot, View.of(request.query_params), lines=lines[:SHOWN], more=len(lines) - SHOWN
        )

    async def undo(self, request: Request) -> Response:
        """Undoes, and goes back to what was decided, where it is asked again."""
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        return await run_in_threadpool(self._undo, request, form)

    def _undo(self, request: Request, form: Form) -> Response:
        view = View.of(request.query_params)
        undone = self.desk.undo({int(number) for number in form.get("number", ()) if number.isdecimal()})
        snapshot = self.desk.now()
        if not undone:
            return self._page("late", snapshot, view, status=HTTPStatus.CONFLICT)
        key = next((one.about for one in undone if one.kind is not DecisionKind.UNDO), None)
        again = next((item for item in self.desk.queue(snapshot) if about(item) == key), None)
        return _to(f"/items/{again.id}{view.query}" if again else "/decisions")

    def style(self, _: Request) -> Response:
        """The style of all pages."""
        return Response(_style(), media_type="text/css")

    def failed(self, _: Request, error: Exception) -> Response:
        """A workspace that cannot be used, in a line."""
        page = self.templates.get_template("failed.html.j2").render(message=str(error))
        return HTMLResponse(page, status_code=HTTPStatus.INTERNAL_SERVER_ERROR)

    def _chosen(self, snapshot: Snapshot, view: View) -> tuple[QueueItem, ...]:
        return view.chosen(self.desk.queue(snapshot), snapshot.meetings)

    def _item(
        self, snapshot: Snapshot, view: View, sheet: Sheet, answer: Answer | None = None, error: str | None = None
    ) -> Response:
        articles = self.desk.articles(ref.article for ref, _ in screens.evidence_of(sheet))
        place = Place.among(sheet.item, self._chosen(snapshot, view))
        values = screens.of_item(sheet, articles)
        before = [(one, screens.in_words(one)) for one in said(snapshot, sheet.item)]
        status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
        return self._page(
            "item", snapshot, view, status, place=place, before=before, given=answer, error=error, **values
        )

    def _meanwhile(self, snapshot: Snapshot, view: View, why: Meanwhile, answer: Answer | None) -> Response:
        """That an item was decided meanwhile or is no longer asked, what stands, and the way to decide anyway."""
        status = HTTPStatus.CONFLICT if why.sheet else HTTPStatus.NOT_FOUND
        stands = why.standing and screens.in_words(why.standing)
        return self._page("meanwhile", snapshot, view, status, why=why, stands=stands, given=answer)

    def _page(
        self, name: str, snapshot: Snapshot, view: View, status: HTTPStatus = HTTPStatus.OK, **values: object
    ) -> Response:
        last = last_of(self.desk.actor, snapshot)
        page = self.templates.get_template(f"{name}.html.j2").render(
            view=view,
            actor=self.desk.actor,
            progress=progress(snapshot, self.desk.queue(snapshot)),
            trouble=self.desk.trouble,
            last=last,
            last_words=screens.in_words(last[-1]) if last else "",
            **values,
        )
        return HTMLResponse(page, status_code=status)


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)


def _first(form: Form, name: str) -> str:
    return form.get(name, [""])[0]


@cache
def _style() -> str:
    return screens.style()
