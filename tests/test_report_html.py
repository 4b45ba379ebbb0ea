"""The report as one HTML file."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markupsafe import escape

from extractor.report import render_html, sections, words
from extractor.report.html import IN_PAGE
from extractor.report.page import environment
from extractor.schemas import Article
from tests.report_samples import (
    DECISIONS,
    HOSTILE,
    MEETING,
    TEXTS,
    article,
    articles,
    background,
    diff,
    meeting,
    saying,
)

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
    decided = diff(labels).model_copy(update={"decisions": DECISIONS})
    return render_html([meeting(labels), record], [decided, other], texts=articles(labels))


def large(text: str = "") -> str:
    """A report of more meetings than have their texts in the page."""
    if text:
        (record,), (one,) = saying(text)
    else:
        record, one = meeting(), diff()
    records = [record.model_copy(update={"id": f"{MEETING}-{i}"}) for i in range(IN_PAGE + 1)]
    diffs = [one.model_copy(update={"meeting": other.id}) for other in records]
    return render_html(records, diffs, texts=articles("ABC"), beside="texts")


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


def test_what_is_agreed_and_the_full_texts_are_folded_and_ungrounded_is_shown_at_nothing() -> None:
    html = page()
    assert re.search(r'<section class="group agreed" id="[^"]*">\s*<details>', html)
    assert re.search(r'<section class="group texts" id="[^"]*">\s*<details>', html)
    assert re.search(r'Ungrounded <span class="count">0</span></h3>\s*<p class="gloss">None\.</p>', html)


def test_what_was_decided_is_not_folded_and_stands_before_what_is_agreed() -> None:
    html = page()
    decided, agreed = html.index('<section class="group decided"'), html.index('<section class="group agreed"')
    assert decided < agreed
    assert "<details>" not in html[decided:agreed]


def test_a_sentence_that_covers_two_statements_stands_once_beside_both_and_leads_to_their_rows() -> None:
    html = page()
    view = html[html.index("Statements side by side <span") : html.index('class="group only')]
    row = next(line for line in view.split("<tr ") if "Illegal fishing is spreading" in line)
    first, second = row.split("<td ")[1:]
    assert first.count('<p class="spoken') == 2
    assert second.count('<p class="spoken') == 1
    assert [f"#{MEETING}.statements.7a", f"#{MEETING}.statements.7b"] == re.findall('href="([^"]*)"', second)


@pytest.mark.parametrize("labels", ["AB", "ABC"])
def test_every_statement_stands_in_the_view_once(labels: str) -> None:
    html = page(labels)
    view = html[html.index("Statements side by side <span") : html.index('class="group only')]
    told = [side.text for one in diff(labels).statements for side in one.sides]
    assert view.count('<p class="spoken') == len(told) == len(set(told))


def test_the_place_of_evidence_leads_to_its_words_in_the_full_text() -> None:
    tags = Page(page()).tags
    start = TEXTS["A"].index("on Thursday")
    place = f"{MEETING}.text-{article('A')[:12]}-{start}"
    assert ("a", {"href": f"#{place}"}) in tags
    assert ("mark", {"id": place, "class": "ink-1"}) in tags


def test_without_the_articles_places_are_told_and_lead_nowhere() -> None:
    html = render_html([meeting()], [diff()])
    assert '<small class="span">A&nbsp;138–149</small>' in html
    assert "Full texts" not in html


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_full_text_adds_no_element_and_no_attribute(text: str) -> None:
    def shown(said: str) -> str:
        told = {article("A"): Article(id=article("A"), text=f"{TEXTS['A']}\n{said}", sentences=())}
        return render_html([meeting()], [diff()], texts=told)

    assert Page(shown(text)).skeleton == Page(shown(re.sub(r"[^\n]", "x", text))).skeleton


def test_the_texts_of_a_large_report_stand_in_files_beside_it() -> None:
    tags = Page(large()).tags
    beside = {str(a["href"]) for tag, a in tags if tag == "a" and not str(a["href"]).startswith("#")}
    assert {link.partition("#")[0] for link in beside} == {f"texts/{MEETING}-{i}.html" for i in range(IN_PAGE + 1)}
    assert not [a for tag, a in tags if tag == "mark" and "id" in a]


def test_a_large_report_holds_all_rows_for_who_has_no_scripts() -> None:
    html = large()
    assert html.count("<noscript>") == IN_PAGE + 1
    ids = {a["id"] for _, a in Page(html).tags if "id" in a}
    assert {f"{MEETING}-{IN_PAGE}.{row.id}" for row in diff().rows} <= ids


@pytest.mark.parametrize("text", ["</noscript><script>alert(1)</script>", HOSTILE["a comment"]])
def test_a_hostile_text_does_not_leave_what_a_large_report_holds_back(text: str) -> None:
    assert Page(large(text)).skeleton == Page(large("nothing to see here")).skeleton
    assert large(text).count("</noscript>") == IN_PAGE + 1


@pytest.mark.parametrize(
    "words",
    [
        '<span class="around">…talks lasted about two hours. “</span><mark>The <em class="differs">open</em> and',
        'being tested,</mark><span class="around">” Wekesa said. She added that …</span>',
        "Part of one sentence",
        '<p class="value">2031-03-06</p>',
        "2 reported meetings and 1 background meeting",
        "<code>extractor decide f-3fa2b1c9 A</code>",
        '<p class="rule"><span class="what">Rule</span> the primary source leads</p>',
        "Most often Kenya and Ethiopia: 2 meetings.",
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


@pytest.mark.parametrize("name", ["a Markdown link", "leaving an attribute", "turned round"])
def test_another_page_can_lay_out_a_row_with_nothing_but_the_environment(name: str) -> None:
    _, (one,) = saying(HOSTILE[name])
    row = '{% import "macros.html.j2" as piece with context %}{{ piece.row(diff.rows[0], groups[0], diff) }}'
    page = environment(groups=sections.groups(one)).from_string(row).render(diff=one)
    assert Page(page).skeleton[0] == ("section", ["class", "id"])
    assert str(escape(words.plain(HOSTILE[name]))) in page


def test_a_place_is_linked_where_the_page_says_how() -> None:
    side = '{% import "macros.html.j2" as piece with context %}{{ piece.side(diff.rows[0].sides[0], diff) }}'
    made = environment(place_of=lambda _, evidence: f"/context/{evidence.start}")
    assert '<a href="/context/247">' in made.from_string(side).render(diff=diff())
