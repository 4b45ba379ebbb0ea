"""The report as one HTML file."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from extractor.report import render_html
from tests.report_samples import HOSTILE, background, diff, meeting, saying

Tag = tuple[str, dict[str, str | None]]


class Page(HTMLParser):
    """Every element of a page, its attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def skeleton(self) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in self.tags]


def page(labels: str = "AB") -> str:
    record, other = background()
    return render_html([meeting(labels), record], [diff(labels), other])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    assert Page(render_html(*saying(text))).skeleton == Page(render_html(*saying("nothing to see here"))).skeleton


@pytest.mark.parametrize("text", [*HOSTILE.values(), "nothing to see here"], ids=[*HOSTILE, "nothing"])
def test_nothing_is_loaded_and_every_link_stays_on_the_page(text: str) -> None:
    tags = Page(render_html(*saying(text))).tags
    assert not [tag for tag, _ in tags if tag in ("link", "img", "iframe", "object", "embed", "form", "base")]
    names = {name for _, attributes in tags for name in attributes}
    assert not {"src", "srcset", "action", "style", "xlink:href"} & names
    assert not [name for name in names if name.startswith("on")]
    assert all(str(attributes["href"]).startswith("#") for _, attributes in tags if "href" in attributes)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_control_character_reaches_the_page(text: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", render_html(*saying(text)))


def test_the_policy_allows_the_inline_style_and_script_and_nothing_else() -> None:
    html = page()
    policy = next(a["content"] for tag, a in Page(html).tags if a.get("http-equiv") == "Content-Security-Policy")
    digests = {
        name: base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        for name in ("style", "script")
        for body in re.findall(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
    }
    assert policy == (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{digests['style']}'; script-src 'sha256-{digests['script']}'"
    )


@pytest.mark.parametrize("labels", ["AB", "ABC"])
def test_ids_are_unique_and_every_link_leads_somewhere(labels: str) -> None:
    tags = Page(page(labels)).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    named = [a[name] for _, a in tags for name in ("aria-labelledby",) if name in a]
    assert {str(a["href"]).removeprefix("#") for _, a in tags if "href" in a} | set(named) <= set(ids)


def test_every_row_has_a_permalink() -> None:
    links = {a.get("href") for _, a in Page(page()).tags}
    assert {f"#{meeting().id}.{row.id}" for row in diff().rows} <= links


def test_headings_never_skip_a_level() -> None:
    levels = [int(tag[1]) for tag, _ in Page(page("ABC")).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_landmarks_a_skip_link_a_language_and_headed_tables() -> None:
    tags = Page(page()).tags
    names = [tag for tag, _ in tags]
    assert names.count("main") == 1
    assert {"header", "nav", "footer"} <= set(names)
    assert next(a["href"] for tag, a in tags if tag == "a") == "#meetings"
    assert next(a["lang"] for tag, a in tags if tag == "html") == "en"
    assert all(a.get("scope") in ("col", "row") for tag, a in tags if tag == "th")


def test_agreed_is_folded_and_ungrounded_is_shown_at_nothing() -> None:
    html = page()
    assert [tag for tag, _ in Page(html).tags].count("details") == 1
    assert re.search(r'Ungrounded <span class="count">0</span></h3>\s*<p class="gloss">None\.</p>', html)


@pytest.mark.parametrize(
    "words",
    [
        '<span class="around">…talks lasted about two hours. “</span><mark>The <em class="differs">open</em> and',
        'being tested,</mark><span class="around">” Wekesa said. She added that …</span>',
        "Part of one sentence",
        '<p class="value">2031-03-06</p>',
        "2 reported meetings and 1 background meeting",
    ],
)
def test_the_page_has_these_words(words: str) -> None:
    record, other = background()
    other_record = meeting(ident="2031-03-06-other")
    html = render_html([meeting(), other_record, record], [diff(), other])
    assert words in " ".join(html.split("\n"))


def test_background_meetings_stand_apart_and_after_the_reported_ones() -> None:
    record, other = background()
    html = render_html([record, meeting()], [other, diff()])
    assert html.index(f'id="{meeting().id}"') < html.index(f'id="{record.id}"')
    assert html.index('id="reported"') < html.index('id="background"')


def test_an_id_that_is_no_plain_word_still_makes_a_working_link() -> None:
    odd = '2031 "x" <y>&\''
    tags = Page(render_html([meeting(ident=odd)], [diff().model_copy(update={"meeting": odd})])).tags
    assert any(a.get("id") == '2031-"x"-<y>&\'' for _, a in tags)
    assert any(a.get("href") == "#2031-%22x%22-%3Cy%3E%26%27" for _, a in tags)
