"""The report: safe whatever the article contains, whole without scripts or hosts, every fact tied to its words."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from msgspec.structs import replace

from onrecord.nouns import Dropped, Event, Reading, Sourced, Statement, Warning
from onrecord.publish.report import report
from tests.strategies import PARAGRAPHS, TEXT, document, sample_reading

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "<!--",
    "]]><svg onload=alert(1)>",
    "&#60;script&#62;",
    "nul\0l and \x1b[31mred",
    "\u202eevitces\u202c and \u2066isolated\u2069",
)
VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """The elements of a page, its texts, and whether they are properly nested."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def words(self) -> str:
        return "".join(data for tag, data in self.text if tag not in ("style", "script"))


def poisoned(words: str) -> Reading:
    """The sample reading with ``words`` wherever a stranger's text may come in."""
    sample = sample_reading()
    text = TEXT.replace("Prisoners", words) + f"\n\n{words}"
    shift = len(words) - len("Prisoners")
    border = TEXT.index("Prisoners")

    def moved(statement: Statement) -> Statement:
        spans = tuple((s + shift * (s > border), e + shift * (e > border)) for s, e in statement.content)
        return replace(statement, content=spans, words=words)

    def renamed(event: Event) -> Event:
        return replace(event, claims=tuple(replace(claim, value=words) for claim in event.claims))

    return replace(
        sample,
        document=document(
            text,
            title=words,
            outlet=words,
            url=words,
            path=words,
            id=words,
            language=words,
            authors=(words,),
            published=Sourced(value=words, source=words, confidence=1.0),
            dropped=(Dropped(kind="boilerplate", text=words, source=()),),
        ),
        entities=tuple(replace(entity, name=words, aliases=(words,)) for entity in sample.entities),
        statements=tuple(moved(statement) for statement in sample.statements),
        events=tuple(renamed(event) for event in sample.events),
        warnings=(Warning(kind="x", message=words, span=(0, 3)),),
        reader=replace(sample.reader, version=words),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_an_article_becomes_part_of_the_page(words: str) -> None:
    harmless, hostile = Page(report([poisoned("Prisoners")])), Page(report([poisoned(words)]))
    assert {tag for tag, _ in hostile.elements} <= {tag for tag, _ in harmless.elements}
    assert len(hostile.all("script")) == len(hostile.all("style")) == 1
    allowed = {name for _, attributes in harmless.elements for name in attributes}
    assert {name for _, attributes in hostile.elements for name in attributes} <= allowed
    assert not any(name.startswith("on") or name == "style" for name in allowed)
    assert all((link.get("href") or "").startswith("#") for link in hostile.all("a"))


@pytest.mark.parametrize("words", HOSTILE)
def test_control_characters_are_made_visible(words: str) -> None:
    page = report([poisoned(words)])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_article_stands_in_the_report_word_by_word() -> None:
    words = " ".join(Page(report([sample_reading()])).words().split())
    for paragraph in PARAGRAPHS:
        assert paragraph in words


def test_policy_allows_the_page_its_own_style_and_script_and_nothing_else() -> None:
    page = report([sample_reading()])
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    policy = policy.replace("&#39;", "'")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_page_asks_no_host_for_anything() -> None:
    page = report([sample_reading()])
    assert not re.search(
        r"(?:src|action|srcset|poster|data)\s*=", re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    )
    assert "@import" not in page and "url(" not in page
    assert not Page(page).all("link")


def test_address_is_a_link_only_if_it_is_one() -> None:
    linked = replace(sample_reading(), document=document(url="https://courier.example/a?b=1&c=2"))
    links = [a for a in Page(report([linked])).all("a") if a.get("href") == "https://courier.example/a?b=1&c=2"]
    assert len(links) == 1 and "noopener" in (links[0].get("rel") or "")


def test_every_link_leads_to_a_place_in_the_page_and_no_name_is_used_twice() -> None:
    page = Page(report([sample_reading(), sample_reading()]))
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    for link in page.all("a"):
        href = link.get("href") or ""
        assert not href.startswith("#") or href[1:] in names


def test_every_fact_leads_to_its_words_and_back() -> None:
    reading = sample_reading()
    page = Page(report([reading]))
    links = {link.get("href") for link in page.all("a")}
    for n in range(1, len(reading.statements) + 1):
        assert {f"#d1s{n}", f"#f-d1s{n}"} <= links
    assert {"#d1v1", "#f-d1v1", "#d1v2", "#d1w1", "#d1v1c1"} <= links


def test_passage_lights_up_by_a_rule_of_its_own() -> None:
    page = report([sample_reading()])
    for fact, role in (("d1s2", "content"), ("d1s2", "speaker"), ("d1s2", "via"), ("d1v1", "event"), ("d1v1c1", "cue")):
        assert f"#d1:has(:is(#{fact},#f-{fact}):target) .{fact}-{role}{{" in page
        assert re.search(rf'class="seg[^"]* {fact}-{role}[ "]', page)


def test_marks_in_quotes_are_told_apart() -> None:
    page = Page(report([sample_reading()]))
    kinds = {" ".join((a.get("class") or "").split()[-2:]) for a in page.all("span") if a.get("title")}
    assert {"mark insertion", "mark gloss", "mark elision"} <= kinds


@pytest.mark.parametrize("documents", [1, 2])
def test_readable_by_structure_alone(documents: int) -> None:
    page = Page(report([sample_reading()] * documents))
    assert len(page.all("main")) == 1 and len(page.all("h1")) == 1 and len(page.all("nav")) == documents - 1
    for tag in ("section", "aside"):
        names = {a.get("aria-label") or a.get("aria-labelledby") for a in page.all(tag)}
        assert len(names) == documents and None not in names
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_reading_that_found_nothing() -> None:
    sample = sample_reading()
    page = report([replace(sample, statements=(), events=(), warnings=(), entities=())])
    assert "No statements and no events found." in page
    assert "Who said what" not in page


def test_reading_whose_spans_stand_outside_any_block_has_no_dead_links() -> None:
    sample = sample_reading()
    page = Page(report([replace(sample, document=document(blocks=sample.document.blocks[:1]))]))
    names = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert all((a.get("href") or "#")[1:] in names for a in page.all("a"))


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1])
def test_contrast_is_enough_for_weak_eyes(scheme: int) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, on the ground and on every highlight that may lie under it."""
    sheet = report([sample_reading()])
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", re.findall(r":root \{(.*?)\}", sheet, re.S)[scheme]))
    text = ["ink", "quiet", "accent", "settled", "provisional", "open", "insertion", "elision", "gloss"]
    lit = ["lit", "insertion", "elision", "gloss", "accent"]
    pairs = [(ink, ground) for ink in text for ground in ("ground", "card")]
    pairs += [(ink, ground) for ink in lit for ground in colours if ground.startswith("light-")]
    for ink, ground in pairs:
        light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_paper_is_white_whatever_the_screen() -> None:
    sheet = report([sample_reading()])
    before_dark, dark = sheet.split("prefers-color-scheme: dark")
    assert before_dark.endswith("@media screen and (") and "--ground: #fff" in dark.split("@media print")[1]
