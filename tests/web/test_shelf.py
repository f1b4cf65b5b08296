"""Pages of documents, statements, people, quotes and the search over the sample story: what stands there, and links."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient
from lxml import html
from msgspec.structs import replace

from onrecord.ledger import documents, entities, open_ledger, statements
from onrecord.ledger.acquired import Page, keep_listed
from onrecord.ledger.followed import follow, polled
from onrecord.ledger.kept import kept, original
from onrecord.page.address import key_of
from onrecord.web.app import application
from onrecord.web.pages import part
from tests.ledger.keeping import filled, source
from tests.web.entering import bearer, enter, with_users
from tests.web.serving import Client


@pytest.fixture(scope="module")
def ids(sample_ledger: Path) -> dict[str, str]:
    """Documents of the story by the names of their files."""
    with open_ledger(sample_ledger) as ledger:
        return {Path(each.path or "").stem: each.name for each in documents(ledger)}


def page(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == status, path
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_an_article_stands_on_its_page_word_by_word(client: Client, ids: dict[str, str], sample_ledger: Path) -> None:
    with open_ledger(sample_ledger) as ledger:
        for name in ids.values():
            held = kept(ledger, name)
            assert held is not None
            tree = page(client, f"/documents/{part(name)}")
            shown = "".join(text(tree.get_element_by_id("document")).split())
            for block in held.reading.document.blocks:
                assert "".join(held.reading.document.text[slice(*block.span)].split()) in shown
            assert len(tree.xpath("//li[contains(@class, 'statement')]")) == len(held.reading.statements)


def test_every_link_of_a_page_that_stays_in_it_has_its_place(client: Client, ids: dict[str, str]) -> None:
    tree = page(client, f"/documents/{part(ids['08-date-announced'])}")
    named = tree.xpath("//@id")
    assert len(named) == len(set(named))
    for link in tree.xpath("//a[@data-fact]/@href"):
        assert link.partition("#")[2] in named, link


def test_a_fact_lights_up_its_passages_without_a_script(client: Client, ids: dict[str, str]) -> None:
    path = f"/documents/{part(ids['09-venue-moved'])}"
    assert not page(client, path).xpath("//*[contains(@class, ' lit-')]")
    tree = page(client, f"{path}?fact=s2")
    lit = tree.xpath("//*[contains(@class, 'lit-content')]")
    assert lit and all("s2-content" in each.get("class") for each in lit)
    assert [each.get("id") for each in tree.xpath("//*[contains(@class, 'fact') and contains(@class, 'chosen')]")] == [
        "f-s2"
    ]
    back = tree.xpath("//a[@class='ref' and @data-fact='s2']/@href")
    assert back == [f"{path}?fact=s2#f-s2"]


def test_a_passage_of_an_address_is_lit(client: Client, ids: dict[str, str], sample_ledger: Path) -> None:
    name = ids["09-venue-moved"]
    with open_ledger(sample_ledger) as ledger:
        held = kept(ledger, name)
        assert held is not None
        start = held.reading.document.text.index("cracks in")
    tree = page(client, f"/documents/{part(name)}?passage={start}-{start + 9}&as_of=2031-05-10")
    assert "".join(each.text_content() for each in tree.xpath("//*[contains(@class, 'lit-passage')]")) == "cracks in"
    assert tree.get_element_by_id(f"p{start}-{start + 9}") is not None
    for wrong in ("x", "9-3", "-1-2"):
        assert "is no passage" in text(page(client, f"/documents/{part(name)}?passage={wrong}", 400))


def test_what_is_shown_of_the_text_is_chosen_by_a_form(client: Client, ids: dict[str, str]) -> None:
    path = f"/documents/{part(ids['09-venue-moved'])}"
    assert len(page(client, path).xpath("//input[@name='show' and @checked]")) == 4
    only = page(client, f"{path}?show=events&show=")
    assert only.xpath("//input[@name='show' and @checked]/@value") == ["events"]
    assert all("show=events" in each for each in only.xpath("//a[@data-fact]/@href"))


def test_the_original_holds_what_its_bytes_are_said_to(
    client: Client, ids: dict[str, str], sample_ledger: Path
) -> None:
    name = ids["03-briefing"]
    with open_ledger(sample_ledger) as ledger:
        held = kept(ledger, name)
        assert held is not None
        raw = original(ledger, held.number)
    tree = page(client, f"/statements/s5/{part(name)}")
    told = text(tree.xpath("//details[@class='raw']/summary")[0])
    start, stop = (int(each.replace(",", "")) for each in re.findall(r"([\d,]+)–([\d,]+)", told)[0])
    words = next(each for each in held.reading.statements if each.id == "s5")
    assert raw[start:stop].decode() == held.reading.document.text[slice(*words.content[0])]


def test_an_altered_quote_is_beside_what_was_said(client: Client, ids: dict[str, str]) -> None:
    tree = page(client, f"/documents/{part(ids['06-wrong-quote'])}?beside=quotes")
    assert tree.xpath("//ins") and tree.xpath("//del") and "altered" in text(tree.get_element_by_id("facts"))
    (prints, *_) = tree.xpath("//a[starts-with(@href, '/quotes/')]/@href")
    family = page(client, prints)
    assert "As printed" in text(family) and "On record" in text(family)
    assert page(client, f"/quotes/s999/{part(ids['06-wrong-quote'])}", 404) is not None


def test_that_no_transcript_has_a_quote_is_no_charge_against_it(client: Client, ids: dict[str, str]) -> None:
    tree = page(client, f"/documents/{part(ids['12-postponed'])}?beside=quotes")
    verdicts = [each for each in tree.find_class("verdict") if text(each) == "not found"]
    assert verdicts and all("unknown" in each.get("class").split() for each in verdicts)
    assert "no transcript of this ledger has these words" in text(tree) and "nobody in the record" not in text(tree)


def test_how_a_document_came_in(client: Client, ids: dict[str, str]) -> None:
    tree = page(client, f"/documents/{part(ids['05-wire-gazette'])}?beside=about")
    told = text(tree.get_element_by_id("facts"))
    assert "05-wire-gazette.html" in told and "this one counts" in told and "Copies of its text" in told
    assert page(client, "/documents/nowhere", 404) is not None


def test_a_statement_has_who_said_it_and_the_words_around_it(client: Client, sample_ledger: Path) -> None:
    with open_ledger(sample_ledger) as ledger:
        said = next(each for each in statements(ledger, "", most=500) if each.via and each.entity)
    tree = page(client, f"/statements/{said.number}/{part(said.document)}")
    assert said.via[0] in text(tree.xpath("//p[@class='who']")[0])
    assert f"/entities/{said.entity}" in tree.xpath("//p[@class='who']//a/@href")
    context = tree.xpath("//blockquote[contains(@class, 'context')]")[0]
    assert context.xpath(".//*[contains(@class, 'lit-content')]")
    assert page(client, f"/statements/s999/{part(said.document)}", 404) is not None


def test_somebody_with_offices_words_and_reasons(client: Client, sample_ledger: Path) -> None:
    with open_ledger(sample_ledger) as ledger:
        one = entities(ledger, "Mara Lindqvist")[0]
    tree = page(client, f"/entities/{one.id}")
    assert text(tree.xpath("//h1")[0]) == "Mara Lindqvist" and len(tree.xpath("//rect[@class='told']")) >= 3
    assert len(tree.xpath("//article[@class='said']")) == 20 and tree.xpath("//a[@rel='next']")
    assert "the first of it" in text(tree.xpath("//details[@class='why']")[0])
    early = page(client, f"/entities/{one.id}?as_of=2031-03-20")
    assert len(early.xpath("//article[@class='said']")) < 20
    asked = page(client, f"/entities/{one.id}?q=summit")
    assert {each.text_content().lower() for each in asked.xpath("//mark")} == {"summit"}
    assert page(client, f"/entities/{one.id}?as_of=2030-01-01", 404) is not None


def test_the_search_narrows_what_it_counts(client: Client) -> None:
    tree = page(client, "/search?q=summit")
    heading = text(tree.get_element_by_id("answers"))
    links = tree.xpath("//section[@class='facet' and @aria-label='Outlet']//li")
    count = int(text(links[0]).split()[-1])
    narrowed = page(client, links[0].xpath(".//a/@href")[0])
    assert text(narrowed.get_element_by_id("answers")).startswith(str(count)) and not heading.startswith(f"{count} ")
    assert all(each.text_content().lower() == "summit" for each in tree.xpath("//mark"))


@pytest.mark.parametrize("what", ["events", "documents", "entities"])
def test_the_search_finds_other_things(client: Client, what: str) -> None:
    tree = page(client, f"/search?q=lindqvist&what={what}" if what == "entities" else f"/search?q=summit&what={what}")
    assert tree.xpath(f"//ol[@class='items dated']//a[starts-with(@href, '/{what}/')]")


def test_an_article_is_found_by_its_text_and_the_passage_is_lit_where_it_stands(client: Client) -> None:
    tree = page(client, "/search?q=cracks&what=documents&as_of=2031-05-10")
    (link, *_) = tree.xpath("//p[@class='found']/a")
    assert {each.text_content() for each in link.xpath(".//mark")} == {"cracks"}
    there = page(client, link.get("href"))
    lit = "".join(each.text_content() for each in there.xpath("//*[contains(@class, 'lit-passage')]"))
    assert lit and lit == text(link) and "as_of=2031-05-10" in link.get("href")
    assert there.get_element_by_id(link.get("href").partition("#")[2]) is not None
    assert "No document of the ledger" in text(page(client, "/search?q=cracks&what=documents&as_of=2031-01-01"))


@pytest.mark.parametrize(
    ("path", "facet"),
    [
        ("/search?q=summit&what=documents", "Outlet"), ("/search?q=summit&what=documents", "Who speaks"),
        ("/search?q=summit&what=documents", "About"), ("/search?q=summit&what=documents", "When"),
        ("/search?q=summit&what=events", "Status"), ("/search?q=talks&what=events", "Kind"),
        ("/search?q=summit&what=events", "When"), ("/search?q=velik&what=entities", "Type"),
    ],
)  # fmt: skip
def test_each_list_is_narrowed_to_what_is_counted(client: Client, path: str, facet: str) -> None:
    links = page(client, path).xpath(f"//section[@class='facet' and @aria-label='{facet}']//li")
    count = text(links[-1]).split()[-1]
    narrowed = page(client, links[-1].xpath(".//a/@href")[0])
    assert text(narrowed.get_element_by_id("answers")).split()[0] == count
    assert narrowed.xpath("//form[@role='search']//input[@name='what']/@value") == [path.rpartition("=")[2]]


@pytest.mark.parametrize("what", ["statements", "documents"])
def test_who_is_asked_for_by_name_is_not_offered_once_more(client: Client, what: str) -> None:
    tree = page(client, f"/search?what={what}&by=Lindqvist")
    total = text(tree.get_element_by_id("answers")).split()[0]
    chosen, *others = tree.xpath("//section[@class='facet' and @aria-label='Who speaks']//li")
    assert "no longer only this" in text(chosen)
    assert total not in [text(each).split()[-1] for each in others]


def tabs(tree: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """The tabs of a search by their names: the address of each, and the number on it."""
    links = tree.xpath("//nav[@class='tabs']//a")
    return {text(each).split()[0]: (each.get("href"), "".join(each.xpath("./span/text()"))) for each in links}


@pytest.mark.parametrize(
    "question", ["q=summit", "q=summit&as_of=2031-04-01", "q=lindqvist&by=lindqvist&form=direct", "q=nowhere"]
)
def test_each_tab_says_how_many_answers_are_behind_it(client: Client, question: str) -> None:
    told = tabs(page(client, f"/search?{question}"))
    assert list(told) == ["Statements", "Events", "Documents", "Who", "Comments", "Decisions"]
    for address, number in told.values():
        there = page(client, address)
        heading = text(there.get_element_by_id("answers")).removeprefix("The best ")
        assert heading.split()[0] == number.removesuffix("+"), address
        assert tabs(there) == told


def test_a_tab_has_no_number_where_nothing_that_is_asked_chooses_among_what_is_behind_it(client: Client) -> None:
    told = tabs(page(client, "/search?by=Lindqvist"))
    assert told["Statements"][1] and told["Documents"][1] and not told["Events"][1] and not told["Who"][1]
    told = tabs(page(client, "/search?what=events&status=planned"))
    assert told["Events"][1] and not told["Statements"][1] and not told["Documents"][1] and not told["Who"][1]


def test_of_very_many_a_tab_says_that_they_are_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.ledger.counts.COUNTED", 2)
    assert tabs(page(client, "/search?q=summit&what=events"))["Statements"][1] == "2+"


def test_documents_are_paged_through(client: Client) -> None:
    first = page(client, "/search?q=the&what=documents")
    total = int(text(first.get_element_by_id("answers")).split()[0])
    assert total > 0
    shown = first.xpath("//ol[@class='items dated']/li")
    assert len(shown) == min(total, 20) and bool(first.xpath("//a[@rel='next']")) == (total > 20)
    later = page(client, f"/search?q=the&what=documents&begin={total - 1}")
    assert len(later.xpath("//ol[@class='items dated']/li")) == 1 and later.xpath("//a[@rel='prev']")


def test_the_search_says_which_words_were_too_many(client: Client) -> None:
    many = "the+" * 40 + "+".join(f"word{n}" for n in range(33))
    for what in ("", "&what=documents"):
        told = text(page(client, f"/search?q={many}{what}"))
        assert "Looked for are the first 32 words, without word31 word32." in told
        assert "Looked for are" not in text(page(client, f"/search?q={many[:300]}{what}"))
    assert "Looked for are" not in text(page(client, f"/search?q={many}&what=events"))


def test_a_search_can_be_taken_along_as_a_feed_or_a_calendar(client: Client) -> None:
    feeds = page(client, "/search?q=summit&by=lindqvist").xpath("//section[@class='take']//a/@href")
    assert "/statements.atom?q=summit&by=lindqvist" in feeds
    assert client.get("/statements.atom?q=summit&by=lindqvist").status_code == 200
    calendars = page(client, "/search?q=summit&what=events").xpath("//section[@class='take']//a/@href")
    assert "/events.ics?q=summit" in calendars


def test_a_search_of_events_goes_by_a_last_day_alone_and_says_what_does_not_count(client: Client) -> None:
    early = page(client, "/search?q=summit&what=events&to=2031-01-01&by=lindqvist")
    assert text(early.get_element_by_id("answers")).startswith("0 events")
    assert "Here who says it does not count." in text(early)


@pytest.mark.parametrize(
    ("wrong", "paths"),
    [
        ("form=sung", ("/search?q=summit&", "/statements.csv?")),
        ("status=dead", ("/search?q=summit&", "/events?", "/events.ics?")),
        ("kind=picnic", ("/search?q=summit&", "/events?", "/events.ics?")),
        ("type=ghost", ("/search?q=summit&", "/entities?")),
    ],
)
def test_what_is_none_of_the_choices_is_told_and_is_no_empty_answer(
    client: Client, wrong: str, paths: tuple[str, ...]
) -> None:
    name, _, value = wrong.partition("=")
    for path in paths:
        assert f"{name}: “{value}” is no {name}; there are" in text(page(client, f"{path}{wrong}", 400)), path


def test_a_list_that_the_search_has_not_is_told_and_is_no_other_list(client: Client) -> None:
    told = text(page(client, "/search?q=summit&what=ghosts", 400))
    lists = "statements, events, documents, entities, comments, decisions"
    assert f"what: “ghosts” is no list of the search; there are {lists}" in told
    for what in ("statements", ""):
        assert page(client, f"/search?q=summit&what={what}").xpath("//article[@class='said']")


def test_an_empty_question_shows_how_to_ask(client: Client) -> None:
    for path in ("/search", "/search?q=+&as_of=2031-05-01", "/search?form="):
        assert "How to ask" in text(page(client, path)), path


def test_readers_see_how_what_is_followed_is_and_no_secret_of_its_address(sample_ledger: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "followed.ledger"
    shutil.copy(sample_ledger, ledger)
    now, day, news = datetime.now(UTC), timedelta(days=1), "https://news.example/feed.xml?key=hidden"
    with open_ledger(ledger) as opened:
        for address in (
            "https://news.example/feed.xml?key=hidden",
            "https://slow.example/rss",
            "HTTPS://[bad/feed",
            "/srv/secret/list.opml",
        ):
            follow(opened, address, day, now)
        for ago in range(35, -1, -1):
            polled(opened, news, now - ago * day, 9 if ago > 7 else 0, None, 0.5)
        polled(opened, "https://slow.example/rss", now, 0, "no answer from 10.0.0.7", 0.5)
    with TestClient(application(ledger)) as client:
        tree = page(client, "/sources")
    rows = [text(each) for each in tree.xpath("//section[@aria-labelledby='followed']//tbody/tr")]
    assert sorted(row.split()[0] for row in rows) == ["an", "list.opml", "news.example", "slow.example"]
    said = {row.split()[0]: row for row in rows}
    assert "not polled yet" in said["list.opml"] and "silent now" in said["news.example"]
    assert "failed 1 time" in said["slow.example"]
    assert not any(told in " ".join(rows) for told in ("hidden", "feed", "/srv", "10.0.0.7"))


def test_documents_go_by_outlet_and_day(client: Client) -> None:
    tree = page(client, "/documents?outlet=The+Ostrev+Courier&from=2031-05-01&to=2031-05-31")
    rows = tree.xpath("//ol[@class='items dated']/li")
    assert rows and all("The Ostrev Courier" in text(each) and "May 2031" in text(each) for each in rows)
    assert all(
        "as_of=2031-05-01" in link for link in page(client, "/documents?as_of=2031-05-01").xpath("//main//ol//@href")
    )


def test_the_style_of_articles_is_served(client: Client) -> None:
    answer = client.get("/article.css")
    assert answer.headers["content-type"].startswith("text/css") and ".seg.lit-content" in answer.text


def test_the_last_day_there_is_lists_all_and_no_number_is_too_large(client: Client, ids: dict[str, str]) -> None:
    for asked in ("as_of=9999-12-31", "to=9999-12-31"):
        assert len(page(client, f"/documents?{asked}").xpath("//main//li[.//a[starts-with(@href, '/documents/')]]"))
    assert "is no place in the list" in text(page(client, "/documents?after=~99999999999999999999999", 400))
    prints = "/api/v1/quotes?of=Nobody%20goes%20first"
    assert client.get(f"{prints}&as_of=9999-12-31").json() == client.get(prints).json()


WIRE = "https://wire.example/feeds/k3y?token=s3cret"


def test_readers_see_what_could_not_be_read_and_why_and_no_secret_of_its_source(
    sample_ledger: Path, tmp_path: Path
) -> None:
    ledger = with_users(sample_ledger, tmp_path)
    rows = [
        (WIRE, f"{WIRE} answered 503", "2031-07-01T08:00:00+00:00", None),
        ("https://wire.example/orchard", "it answered 404", "2031-07-01T09:30:00+00:00", None),
        ("/desk/mail/<b>old.eml", "this is no mail", "2031-07-02T07:00:00+00:00", None),
        ("/desk/mail/mended.eml", "this is no mail", "2031-07-02T07:00:00+00:00", "2031-07-02T08:00:00+00:00"),
    ]
    with open_ledger(ledger) as opened:
        follow(opened, WIRE, timedelta(hours=1), datetime(2031, 7, 1, tzinfo=UTC))
        failed = Page(WIRE, "https://wire.example/orchard", "")
        keep_listed(opened, [(failed, True)], [], datetime(2031, 7, 1, tzinfo=UTC))
        with opened.writing() as connection:
            connection.executemany("INSERT INTO problems (place, reason, observed, solved) VALUES (?, ?, ?, ?)", rows)
    with TestClient(application(ledger)) as client:
        tree = page(client, "/problems")
        assert [[text(cell) for cell in row] for row in tree.xpath("//main//tbody/tr")] == [
            ["<b>old.eml", "this is no mail", "2031-07-02 07:00", "–"],
            ["https://wire.example/orchard", "it answered 404", "2031-07-01 09:30", "wire.example"],
            ["wire.example", "wire.example answered 503", "2031-07-01 08:00", "wire.example"],
        ]
        assert tree.xpath("//main//tbody//a/@href") == ["https://wire.example/orchard"]
        told = client.get("/api/v1/problems").json()["items"]
        assert [(each["place"], each["source"]) for each in told][:2] == [
            ("wire.example", "wire.example"), ("https://wire.example/orchard", "wire.example")
        ]  # fmt: skip
        some = client.get("/api/v1/problems?most=2").json()
        rest = client.get(some["next"]).json()
        assert [*some["items"], *rest["items"]] == told and rest["next"] is None
        for path in ("/problems", "/api/v1/problems"):
            assert "s3cret" not in client.get(path).text and "k3y" not in client.get(path).text
        for path in ("/sources", "/documents", "/about"):
            assert page(client, path).xpath("//a[@href='/problems']"), path
        whole = client.get("/api/v1/problems", headers=bearer(ledger, "Ada")).text
        enter(client, "Ada")
        for told in (whole, client.get("/problems").text):
            assert "wire.example/feeds/k3y" in told and "s3cret" not in told


def test_an_address_that_nothing_names_is_told_by_its_host_alone(sample_ledger: Path, tmp_path: Path) -> None:
    ledger = with_users(sample_ledger, tmp_path)
    places = [WIRE, f"{WIRE}:3", "https://ada:s3cret@wire.example/k3y", "https://wire.example/a?utm_source=x&id=7"]
    with open_ledger(ledger) as opened:
        failed = Page(WIRE, key_of(places[-1]), "")
        keep_listed(opened, [(failed, True)], [], datetime(2031, 7, 1, tzinfo=UTC))
        opened.connection.executemany(
            "INSERT INTO problems (place, reason, observed) VALUES (?, ?, '2031-07-01T08:00:00+00:00')",
            [(each, f"{each} answered 503") for each in places],
        )
    with TestClient(application(ledger)) as client:
        told = client.get("/api/v1/problems").json()["items"]
        assert [(each["place"], each["source"]) for each in told] == [
            ("wire.example", None), ("wire.example:3", None), ("wire.example", None), (places[-1], "wire.example")
        ], "what is followed no longer, and what was fetched once"  # fmt: skip
        enter(client, "Ada")
        for path in ("/problems", "/api/v1/problems"):
            assert "s3cret" not in client.get(path).text
        assert "wire.example/feeds/k3y" in client.get("/problems").text


def test_readers_are_told_the_host_of_a_feed_that_holds_whole_articles(tmp_path: Path) -> None:
    place, user = f"{WIRE}:3", "https://ada:s3cret@wire.example/k3y.warc.gz:12"
    ledger, _ = filled(tmp_path / "l", *(replace(source(each[-2:]), id=each[-1], path=each) for each in (place, user)))
    told = {each.path for each in documents(ledger)}
    ledger.close()
    assert told == {user, place}, "who has the file is told all of it"
    pages = ("/documents/3", "/documents", "/search?q=bridge&what=documents")
    files = ("/documents.csv", "/documents.jsonl", "/readings.jsonl", "/api/v1/documents", "/api/v1/reading?document=3")
    with TestClient(application(tmp_path / "l")) as client:
        for path in (*pages, *files, "/api/v1/search/documents?q=bridge"):
            answer = client.get(path)
            assert answer.status_code == 200 and "s3cret" not in answer.text and "k3y" not in answer.text, path
        assert "wire.example:3" in client.get(pages[0]).text
        assert {each["path"] for each in client.get(files[3]).json()["items"]} == {"wire.example:3", "wire.example:12"}


def test_what_could_not_be_read_comes_some_to_a_page(sample_ledger: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "many.ledger"
    shutil.copy(sample_ledger, ledger)
    with TestClient(application(ledger)) as client:
        assert "All that was to be read has been." in text(page(client, "/problems"))
    with open_ledger(ledger) as opened, opened.writing() as connection:
        connection.executemany(
            "INSERT INTO problems (place, reason, observed) VALUES (?, 'it is empty', '2031-07-01T08:00:00+00:00')",
            [(f"page{n}.html",) for n in range(51)],
        )
    with TestClient(application(ledger)) as client:
        first = page(client, "/problems")
        (after,) = first.xpath("//a[@rel='next']/@href")
        second = page(client, after)
        assert [len(each.xpath("//main//tbody/tr")) for each in (first, second)] == [50, 1]
        assert text(second.xpath("//main//tbody/tr/th")[0]) == "page0.html" and second.xpath("//a[@rel='prev']")
