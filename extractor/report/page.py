"""A report as one HTML file that asks nothing of anybody.

Style and script stand in the page and are named in its Content-Security-Policy
(W3C CSP 3) by their SHA-256; everything else is forbidden, so an article could
load nothing and run nothing even if its text were not escaped. It is escaped.
"""

import base64
import hashlib
from functools import lru_cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extractor.report import fulltext, pieces, sections, words

_TEMPLATES = "extractor.report", "templates"


def environment(**globals_: object) -> Environment:
    """The templates with all that their macros ask for; `globals_` are added to it, or stand in its place.

    Every expression is escaped, and freed of control characters; a name that
    is not there is an error.
    """
    made = Environment(
        loader=PackageLoader(*_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = {name: getattr(pieces, name) for name in ("in_place", "tone", "source_of", "bar", "signed")}
    # Where a full text with its places marked is at hand, this gives the link to a place.
    known["place_of"] = lambda _diff, _evidence: None
    made.globals.update(words=words, sections=sections, anchor=anchor, href=href, place=fulltext.place, **known)
    made.globals.update(globals_)
    return made


def page(name: str, *, rules: str = "", **values: object) -> str:
    """The template `NAME.html.j2` with its values, in the style that all reports share.

    `NAME.css` and `NAME.js` are taken along where they are there; `rules` are
    further style, made of nothing that came from an article.
    """
    templates, loader = _environment(), PackageLoader(*_TEMPLATES)
    there = set(loader.list_templates())

    def source(file: str) -> str:
        return loader.get_source(templates, file)[0] if file in there else ""

    sheets = dict.fromkeys(("report.css", f"{name}.css"))
    style = Markup("".join(map(source, sheets)) + rules)  # noqa: S704 - our own files
    script = Markup(source(f"{name}.js"))  # noqa: S704 - our own file
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script) if script else 'none'}'"
    )
    return templates.get_template(f"{name}.html.j2").render(values, style=style, script=script, policy=policy)


def anchor(thing: str, part: str = "") -> str:
    """The `id` of a thing or of a part of it; without white space, as HTML demands."""
    return "-".join(f"{thing}.{part}".rstrip(".").split())


def href(thing: str, part: str = "") -> str:
    """The link to that `id` inside the page."""
    return f"#{quote(anchor(thing, part))}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """One for all pages: the templates are compiled once."""
    return environment()


def _safe(value: object) -> object:
    return value if isinstance(value, Markup) or not isinstance(value, str) else words.plain(value)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
