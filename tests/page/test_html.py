from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from onrecord.errors import UnreadableInput
from onrecord.nouns import Document, Source
from onrecord.page import read_page
from onrecord.warn import find_warnings

from .faithful import check, kinds

LEAD = (
    "President Anton Velik will meet Prime Minister Irena Dalgard in Mereth on 4 May, his press secretary said on "
    "Monday, ending weeks of doubt about the venue."
)
SECOND = (
    "“We have agreed on the day and on the place,” Mara Lindqvist told reporters in Ostrev. “What we have not agreed "
    "on is the agenda, and I would ask you to be patient with us.”"
)
THIRD = (
    "Tomas Reyk, the Karsenian foreign minister, said that the talks would last two days and that a joint statement "
    "was likely, though not certain."
)


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def read(raw: bytes) -> Document:
    document = read_page(Source(raw=raw))
    check(document, raw)
    return document


ARTICLE = f"""
<nav><a href=/>Home</a> <a href=/world>World</a></nav>
<article class="story">
 <h1>Velik and Dalgard to meet in Mereth</h1>
 <p class="standfirst">Agenda still open, says Ostrev</p>
 <div class="byline">By <a href=/lm>Lena Marsk</a> in Ostrev</div>
 <time class="published" datetime="2023-04-24T09:30:00+02:00">24 April 2023</time>
 <figure><img src=a.jpg><figcaption>The shore at Mereth. Photo: VNA</figcaption></figure>
 <p>{LEAD}</p>
 <blockquote class="pullquote">We have agreed on the day and on the place</blockquote>
 <p>{SECOND}</p>
 <h2>What is open</h2>
 <ul><li>The agenda of the second day, which Dravik wants to keep free</li><li>Who else is to be in the room</li></ul>
 <p>{THIRD}</p>
 <p>Share this article</p>
</article>
<div id=right><h4>Other stories</h4><ul><li><a href=/y>Herring fleet waits for a word from Dravik</a></li></ul></div>
<aside><h3>Most read</h3><ul><li>
<a href=/x>Grain transit through Karsenia has been halted for the third time this year</a></ul></aside>
<footer>© The Ostrev Courier</footer>"""


def test_the_blocks_of_an_article() -> None:
    document = read(page(ARTICLE, "<title>Velik and Dalgard to meet in Mereth - The Ostrev Courier</title>"))
    assert kinds(document) == [
        ("headline", "Velik and Dalgard to meet in Mereth"),
        ("standfirst", "Agenda still open, says Ostrev"),
        ("byline", "By Lena Marsk in Ostrev"),
        ("dateline", "24 April 2023"),
        ("caption", "The shore at Mereth. Photo: VNA"),
        ("paragraph", LEAD),
        ("paragraph", SECOND),
        ("subheading", "What is open"),
        ("list", "The agenda of the second day, which Dravik wants to keep free"),
        ("list", "Who else is to be in the room"),
        ("paragraph", THIRD),
    ]
    assert document.text == "\n\n".join(text for _, text in kinds(document))
    dropped = {d.text: d.kind for d in document.dropped}
    assert dropped["We have agreed on the day and on the place"] == "pullquote-repeat"
    assert dropped["Share this article"] == "boilerplate"
    assert document.title == "Velik and Dalgard to meet in Mereth"
    assert document.authors == ("Lena Marsk",)


def test_what_is_struck_out_is_not_what_the_page_says() -> None:
    held = "The summit will be held on <del>7 June</del> <ins>9 June</ins> in <s>Mereth</s>Selm, the ministry said."
    gone = "<del><p>The ministers will travel together, and the talks begin at noon on the day before.</p></del>"
    document = read(page(f"<article><h1>Velik to meet Dalgard</h1><p>{held}</p>{gone}<p>{SECOND}</p></article>"))
    assert [text for kind, text in kinds(document) if kind == "paragraph"] == [
        "The summit will be held on 9 June in Selm, the ministry said.",
        SECOND,
    ]
    struck = [each.text for each in document.dropped if each.kind == "struck"]
    assert struck[:2] == ["7 June", "Mereth"]
    assert struck[2:] == ["The ministers will travel together, and the talks begin at noon on the day before."]
    (warning,) = [each for each in find_warnings(document, (), ()) if each.kind == "struck-out"]
    assert "“7 June” and 2 more" in warning.message


def test_the_same_headline_again_is_dropped() -> None:
    body = (
        f'<article><h1>Velik – “we are ready”</h1><p>{LEAD}</p><h2>Velik - "we are ready"</h2><p>{SECOND}</p></article>'
    )
    document = read(page(body, "<title>Velik – “we are ready”</title>"))
    assert [kind for kind, _ in kinds(document)].count("headline") == 1
    assert [(d.kind, d.text) for d in document.dropped] == [("repeated", 'Velik - "we are ready"')]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Velik &amp; Dalgard met at caf&eacute; &#8220;Lido&#x201d;", "Velik & Dalgard met at café “Lido”"),
        ("It cost &pound5 &amp up, AT&T said", "It cost £5 & up, AT&T said"),
        (
            "The <b>presi</b>dent <i>has <a href='x>y'>agreed</a></i>, <span\n>he\r\n  said</span>",
            "The president has agreed, he said",
        ),
        ("a<!-- <p>no</p> -->b c <!--> d", "ab c d"),
        ("one<script>var a = '</p>';</script>two <style>p { }</style>three", "onetwo three"),
        ("soft\u00adhyphen and&nbsp;no&shy;break", "softhyphen and nobreak"),
        ("3 < 4 and <3 said Velik", "3 < 4 and <3 said Velik"),
        ("<font color=red>unclosed <b>tags <i>go on", "unclosed tags go on"),
        ("x <a title=\"a > b\" data-x='</p>'>link</a> y", "x link y"),
        ("null\x00character", "nullcharacter"),
        ("<org>VNA</org> said <x-note>so</x-note>", "VNA said so"),
    ],
)
def test_words_through_all_kinds_of_markup(markup: str, text: str) -> None:
    raw = page(f"<article><h1>Velik</h1><p>{LEAD}</p><p>{markup}</p><p>{SECOND}</p><p>{THIRD}</p></article>")
    found = [words for kind, words in kinds(read(raw)) if kind == "paragraph"]
    assert found[0] == LEAD
    assert found[1] == text


def test_two_line_breaks_part_paragraphs_and_one_parts_lines() -> None:
    raw = page(f"<div class=article-body>{LEAD}<br><br>{SECOND}<br>{THIRD}</div>")
    assert [text for _, text in kinds(read(raw))] == [LEAD, f"{SECOND}\n{THIRD}"]


def test_text_in_table_cells_and_beside_paragraphs() -> None:
    raw = page(f"<table><tr><td>{LEAD}<p>{SECOND}</p>{THIRD}</td></tr></table>")
    assert [text for _, text in kinds(read(raw))] == [LEAD, SECOND, THIRD]


def test_templates_and_drawings_are_no_text() -> None:
    hidden = "<template><p>Ostrev denies it all</p></template><svg><text>Velik wins it all</text></svg>"
    raw = page(f"<article><h1>Velik</h1><p>{LEAD}</p>{hidden}<p>{SECOND}</p></article>")
    assert "denies" not in read(raw).text
    assert "wins" not in read(raw).text


def test_a_body_in_two_boxes_is_read_whole() -> None:
    filler = [
        f"Point {i} of the draft, seen by VNA in Ostrev, deals with transit over the pass in winter." for i in range(9)
    ]
    boxes = [f"<div class=story-body>{''.join(f'<p>{f}</p>' for f in part)}</div>" for part in (filler[:5], filler[5:])]
    raw = page(f"<main><h1>What the draft says</h1>{boxes[0]}<div class=ad>Advertisement</div>{boxes[1]}</main>")
    assert [text for kind, text in kinds(read(raw)) if kind == "paragraph"] == filler


def test_other_encodings_lead_back_to_their_own_bytes() -> None:
    body = f"<article><h1>Велик</h1><p>{'Президент Велик заявил о встрече в Мерете. ' * 5}</p></article>"
    for charset in ("windows-1251", "koi8-r", "utf-16-le"):
        source = Source(raw=f"<html><title>x</title>{body}</html>".encode(charset), charset=charset, media="html")
        document = read_page(source)
        check(document, source.raw)
        assert "Президент Велик" in document.text


def test_a_page_broken_by_a_wrong_decoding_is_mended_and_says_so() -> None:
    raw = page(
        f"<article><h1>Velik</h1><p>{LEAD}</p><p>Theyâ€™ll be â€œreadyâ€\x9d, he said.</p><p>{SECOND}</p></article>"
    )
    document = read(raw)
    assert "They’ll be “ready”, he said." in document.text
    assert {(r.was, r.now) for r in document.repairs} == {("â€™", "’"), ("â€œ", "“"), ("â€\x9d", "”")}


def test_portuguese_capitals_are_no_broken_text() -> None:
    raw = page(f"<article><h1>Velik</h1><p>{LEAD}</p><p>AMANHÃ” disse ele, CAFÉ… e mais.</p><p>{SECOND}</p></article>")
    document = read(raw)
    assert "AMANHÃ” disse ele, CAFÉ… e mais." in document.text
    assert not document.repairs


def test_windows_line_ends_do_not_move_the_runs() -> None:
    raw = page(ARTICLE).replace(b"\n", b"\r\n").replace(b"press secretary", b"press\r\nsecretary")
    assert LEAD in read(raw).text


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\ufffe", "&#7;", "&#027;", "&#x1B;", "&#xFFFE;", "&#65535", "&#1"])
def test_one_control_character_does_not_hide_the_article(sign: str) -> None:
    document = read(page(ARTICLE.replace("ending weeks", f"ending{sign} weeks")))
    assert SECOND in document.text and "of doubt about the venue" in document.text


def test_a_page_without_an_article_is_refused_in_words() -> None:
    with pytest.raises(UnreadableInput, match=r"page\.html: "):
        read_page(Source(raw=b"<html><body><nav><a href=x>Home</a></nav></body></html>", path="page.html"))


PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "pages" / "html"


@pytest.mark.skipif(not PAGES.exists(), reason="the benchmark's pages are not here")
def test_runs_of_real_pages_are_faithful() -> None:
    for path in sorted(PAGES.glob("*.gz"))[::9]:
        read(gzip.decompress(path.read_bytes()))


STATE = "<script>window.__STATE__ = {'text': 'The ferry is late, and nobody could say why'}</script>"
SHELL = "<div id=root></div><script src=/app.js></script><noscript>This page needs scripts.</noscript>"
DATA = {"@type": "NewsArticle", "headline": "Velik names a day", "articleBody": f"{LEAD}\n{SECOND}\n{THIRD}"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<div id=root></div>{STATE}", "a script builds it"),
        (SHELL, "a script builds it"),
        (f"{SHELL}<script type=application/ld+json>{json.dumps(DATA)}</script>", "(JSON-LD articleBody)"),
        ("<div id=root></div>", "only markup"),
        ("<ul><li><a href=/x>Home</a></li></ul>", "no article was found"),
        (f"<script src=/app.js></script><ul>{'<li><a href=/x>Grain and herring</a></li>' * 200}</ul>", "no article"),
    ],
)
def test_a_page_without_an_article_says_why_and_what_to_do(body: str, reason: str) -> None:
    with pytest.raises(UnreadableInput) as problem:
        read_page(Source(raw=page(body)))
    assert reason in problem.value.reason
    assert ("save the page as it is shown" in problem.value.reason) == ("script" in problem.value.reason)


HEAD = "<font size=5><b>Velik names a day</b></font>{0}<font size=2>By Lena Marsk</font>{0}<i>3 March 2031</i>"
TABLE = "<table width=600><tr><td><a href=/>Home</a></td></tr><tr><td>{}</td></tr></table>"


@pytest.mark.parametrize("title", ["", "<title>Velik names a day</title>"])
@pytest.mark.parametrize("line_break", ["<br>", "<br>&nbsp;<br>", "<BR />\n"])
@pytest.mark.parametrize("rest", ["<br>{}<br><br>{}<br><br>{}", "<br><br>{}<br><br>{}<br><br>{}", "<p>{}<p>{}<p>{}"])
def test_headline_byline_and_date_in_one_cell_of_a_table(title: str, line_break: str, rest: str) -> None:
    document = read(page(TABLE.format(HEAD.format(line_break) + rest.format(LEAD, SECOND, THIRD)), title))
    assert kinds(document) == [
        ("headline", "Velik names a day"),
        ("byline", "By Lena Marsk"),
        ("dateline", "3 March 2031"),
        ("paragraph", LEAD),
        ("paragraph", SECOND),
        ("paragraph", THIRD),
    ]
    assert (document.title, document.authors) == ("Velik names a day", ("Lena Marsk",))
    assert document.published is not None
    assert document.published.value == "2031-03-03"


def test_lines_of_a_paragraph_that_is_no_head_stay_together() -> None:
    verse = "The ferry is late,<br>the herring swim by,<br>and by nobody"
    document = read(page(f"<article><h1>Velik names a day</h1><p>{LEAD}</p><p>{verse}</p><p>{SECOND}</p></article>"))
    assert ("paragraph", "The ferry is late,\nthe herring swim by,\nand by nobody") in kinds(document)
