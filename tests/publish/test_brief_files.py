"""The brief of an event as Markdown and as a page, as other programs show them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from onrecord.ledger.corrections import Decision
from onrecord.ledger.events import HeldEvent, Related
from onrecord.ledger.items import Worded, items_of
from onrecord.ledger.shown import Shown
from onrecord.publish.brief import Brief, brief_rows, item_lines
from onrecord.publish.brief_files import escaped_markdown, markdown, page
from onrecord.publish.site import NOWHERE, Site
from onrecord.publish.standing import one_line
from tests.publish.held import DATED, DATED_AGAIN, HOSTILE, MOOTED, PUT_OFF, held, hostile, told

DESK = Site(title="Summits", base="https://desk.example", as_of="2031-06-01")


def with_words(event: HeldEvent, words: str) -> list[Worded]:
    """The items of an event, each told in some words."""
    return [
        Worded(item, best, Shown("It was said that ", words, " would.")) for item in items_of(event)
        if (best := item.best) is not None
    ]  # fmt: skip


SUMMIT = held(MOOTED, DATED, PUT_OFF, DATED_AGAIN)
STORY = Brief(
    SUMMIT,
    [Related("prepared_by", held(told("2031-04-15", "planned", name="talks", names=()), id="E1111111111"))],
    [
        Decision(
            3, "claim", "event", "Ida Ruhl", "the ministry says so", "2031-06-01T09:00:00+00:00", "date", "2031-06-05"
        )
    ],
    with_words(SUMMIT, "Anton Velik"),
)


class Seen(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        self.words += data


def as_markdown(*briefs: Brief, site: Site = NOWHERE) -> str:
    return b"".join(markdown(briefs, site)).decode()


def shown(text: str) -> Seen:
    return Seen(MarkdownIt("commonmark", {"linkify": False}).enable("table").render(text))


def test_rows_say_since_when_each_value_stands_and_what_is_open() -> None:
    rows = dict(brief_rows(STORY))
    assert rows["status"] == "scheduled, since 2031-05-20, told by 4 origins"
    assert rows["date"] == "2031-06-05, since 2031-05-20; before: 2031-05-22"
    assert rows["venue"] == "Port Selm, since 2031-04-15"
    assert rows["still open"] == "nothing of these"
    assert rows["told by"] == "4 independent origins (4 documents), first on 2031-03-11"
    assert rows["is prepared by"] == "talks (planned)  [E1111111111]"
    assert rows["decided"] == "3  2031-06-01  Ida Ruhl: date is 2031-06-05 — the ministry says so"
    assert dict(brief_rows(Brief(held(MOOTED), [], [])))["still open"] == (
        "date (not mentioned), venue (not mentioned), whether it takes place"
    )


def test_each_who_takes_part_says_since_when_by_whom_and_in_which_words() -> None:
    velik, _ = item_lines(STORY)
    assert velik.known == (
        "who: Anton Velik, since 2031-03-11, told by 4 origins, last by The Ostrev Courier on 2031-05-20"
    )
    assert (velik.told, velik.words) == (DATED_AGAIN, "It was said that Anton Velik would.")
    assert velik.history[:2] == (
        "2031-03-11: first told, The Ostrev Courier", "2031-04-15: by another origin, The Ostrev Courier",
    )  # fmt: skip
    once = held(MOOTED)
    assert all(not each.history for each in item_lines(Brief(once, [], [], with_words(once, ""))))
    assert "[“It was said that Anton Velik would.”](<https://desk.example/documents/courier-2031-05-20" in as_markdown(
        STORY, site=DESK
    )


def test_markdown_is_a_table_the_changes_and_the_passages() -> None:
    text = as_markdown(STORY, site=DESK)
    seen = shown(text)
    assert text.startswith("# Velik–Dalgard summit\n\nmeeting, as of 2031-06-01; [E0123456789](<https://desk.example/")
    assert (seen.tags.count("h1"), seen.tags.count("h2"), seen.tags.count("table")) == (1, 3, 1)
    assert seen.tags.count("tr") == 1 + len(brief_rows(STORY))
    assert seen.tags.count("blockquote") == 4
    history = [line for item in item_lines(STORY) for line in item.history]
    assert seen.tags.count("li") == len(STORY.changes) + len(STORY.items) + len(history) == 10 + 2 + 8
    assert "“The Velik–Dalgard summit is to be held.”" in seen.words
    assert shown(as_markdown(STORY, STORY)).tags.count("h1") == 2


def test_the_page_is_one_file_with_all_of_it() -> None:
    raw = b"".join(page([STORY], DESK)).decode()
    seen = Seen(raw)
    assert "default-src 'none'" in raw and "script" not in seen.tags
    assert all(link.startswith("https://desk.example/") for link in seen.links) and len(seen.links) == 5 + 2
    assert (seen.tags.count("dt"), seen.tags.count("blockquote")) == (len(brief_rows(STORY)), 4 + 2)
    assert "<title>Velik–Dalgard summit – Summits</title>" in raw
    assert not Seen(b"".join(page([STORY])).decode()).links


@settings(deadline=None)
@given(hostile)
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    seen = shown(f"“{escaped_markdown(text)}”")
    assert seen.tags == ["p"]
    assert seen.words.strip() == f"“{one_line(text)}”"


def test_relatives_of_markdown_make_no_links_formulas_or_tags_of_a_text() -> None:
    text = escaped_markdown("see https://a.example, www.b.example, c@d.example, $x$, {{ y }}, ~~z~~, ==w==, #tag")
    assert not re.search(r"(?<!\\)[$@{}~#]|://|www\.", text)


def _with(texts: list[str]) -> HeldEvent:
    name, text, outlet, venue, who, document = texts
    return held(
        told("2031-04-15", "scheduled", ("venue", venue, "settled"), ("agenda", text, "settled"), name=name, text=text,
             outlet=outlet, names=(("who", who),), document=document)
    )  # fmt: skip


@settings(deadline=None)
@given(st.lists(hostile, min_size=6, max_size=6))
def test_whatever_a_text_holds_it_changes_no_view(texts: list[str]) -> None:
    plain, other = (Brief(event := _with(each), [], [], with_words(event, each[1])) for each in (["a"] * 6, texts))
    for before, after in (
        (Seen(b"".join(page([plain], DESK)).decode()), Seen(b"".join(page([other], DESK)).decode())),
        (shown(as_markdown(plain, site=DESK)), shown(as_markdown(other, site=DESK))),
    ):
        assert after.tags == before.tags
        assert all(link.startswith("https://desk.example/") for link in after.links)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", after.words)


def test_known_attacks_are_text() -> None:
    briefs = [Brief(event := _with([each] * 6), [], [], with_words(event, each)) for each in HOSTILE]
    raw = b"".join(page(briefs, DESK)).decode()
    assert "<script" not in raw and "onclick=x>" not in raw.replace("onclick=x&gt;", "")
