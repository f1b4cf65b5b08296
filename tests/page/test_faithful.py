"""Properties: whatever the bytes, spans lie inside the text, blocks are in order, and runs give their text back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import UnreadableInput
from onrecord.nouns import Source
from onrecord.page import read_page

from .faithful import check
from .test_html import LEAD, SECOND, THIRD

WORDS = st.text(alphabet="abz ABé“”’–\u00a0\u00ad\n\t&;<>\"'=/-!\x00😀𝠀", max_size=12)
ENTITIES = st.sampled_from(
    ["&amp;", "&amp", "&nbsp;", "&#8217;", "&#x2019", "&lt;b&gt;", "&bogus;", "&eacute", "&#0;", "â€™"]
)
BROKEN = st.sampled_from(
    [
        "<b>",
        "</b>",
        "</p>",
        "<p>",
        "<br>",
        "<br/><br>",
        "<!-- x -->",
        "<!-- <p>",
        "<i x='>'>",
        '<a href="',
        "</div>",
        "<td>",
        "</",
    ]
)
TAGS = st.sampled_from(["b", "i", "em", "span", "a href='x'", "strong", "div", "p", "x-y", "li", "td", "h2", "q"])


def wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    element = st.tuples(TAGS, inner).map(lambda t: f"<{t[0]}>{t[1]}</{t[0].split()[0]}>")
    return st.lists(st.one_of(inner, element), max_size=4).map("".join)


MARKUP = st.recursive(st.one_of(WORDS, ENTITIES, BROKEN), wrap, max_leaves=12)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_and_check(source: Source) -> None:
    try:
        document = read_page(source)
    except UnreadableInput as refused:
        assert str(refused).startswith("<bytes>: ")
        return
    check(document, source.raw)


@SETTINGS
@given(MARKUP, MARKUP, st.sampled_from(["utf-8", "utf-16-le", "cp1252"]))
def test_any_markup(first: str, second: str, charset: str) -> None:
    raw = f"<html><body><article><h1>{first}</h1><p>{LEAD}</p><p>{second}</p><p>{SECOND} {first}</p>{THIRD}</article>"
    read_and_check(Source(raw=raw.encode(charset, "replace"), media="html", charset=charset))


@SETTINGS
@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1252", "gb18030", "utf-16"]))
def test_any_bytes_in_a_page(middle: bytes, charset: str | None) -> None:
    raw = (
        f"<html><body><article><h1>Velik</h1><p>{LEAD}</p><p>".encode()
        + middle
        + f"</p><p>{SECOND}</p></article>".encode()
    )
    read_and_check(Source(raw=raw, media="html", charset=charset))


@SETTINGS
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "html", "text", "markdown"]),
    st.sampled_from([None, "utf-8", "shift_jis", "gb18030"]),
)
def test_any_bytes(raw: bytes, media: str | None, charset: str | None) -> None:
    read_and_check(Source(raw=raw, media=media, charset=charset))  # type: ignore[arg-type]
