"""The page of an event, and those of outlets and copies: as of any day, with who says so in which words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from markupsafe import escape

from onrecord.cli import main
from onrecord.ledger import copies, decide_claim, decide_same, event, events, open_ledger
from onrecord.ledger.differences import Difference
from onrecord.ledger.shown import Place, shown
from onrecord.ledger.threads import now_called
from onrecord.web.app import application
from onrecord.web.event import steps
from onrecord.web.sources import word_by_word
from tests.ledger.keeping import BY, filled, reading_of, source
from tests.ledger.test_events import BOTH, MORE, PREPARING, STORY, ledger_of, telling, told
from tests.web.serving import Client
from tests.web.test_today import rows, section

__all__ = ["told"]


@pytest.fixture(scope="session")
def summit(sample_ledger: Path) -> str:
    with open_ledger(sample_ledger) as ledger:
        found = event(ledger, "Velik Dalgard summit")
        assert found is not None
        return found.id


def fact(page: str, name: str) -> str:
    """What a page tells of one attribute."""
    found = re.search(rf"<dt[^>]*>{name}</dt>\s*<dd>(.*?)</dd>", section(page, "facts"), re.DOTALL)
    assert found is not None, name
    return found[1]


@pytest.mark.parametrize(
    ("day", "status", "date", "sign"),
    [
        ("2031-03-20", "planned", None, None),
        ("2031-04-20", "scheduled", "22 May 2031", "●"),
        ("2031-05-20", "scheduled", "5 June 2031", "●"),
        ("2031-06-06", "occurred", "5 June 2031", "●"),
    ],
)
def test_as_of_a_day_a_page_tells_what_was_known_then(
    client: Client, summit: str, day: str, status: str, date: str | None, sign: str | None
) -> None:
    page = client.get(f"/events/{summit}?as_of={day}").text
    assert f'<span class="status is-{status}">' in fact(page, "Status")
    if date is not None:
        assert f">{date}</time>" in fact(page, "Date") and f"{sign}</span> settled" in fact(page, "Date")
    assert all(told <= day for told in re.findall(r'<time datetime="([\d-]+)">', section(page, "tellings")))


def test_a_value_stands_with_who_says_so_and_its_words_and_the_way_to_them(client: Client, summit: str) -> None:
    date = fact(client.get(f"/events/{summit}?as_of=2031-05-20").text, "Date")
    assert "since <time" in date and "origin" in date
    [words] = re.findall(r'<blockquote dir="auto">(.*?)</blockquote>', date, re.DOTALL)
    assert "<mark>5 June</mark>" in words
    span = re.search(r"passage=(\d+)-(\d+)&amp;version=[0-9a-f]{12}#p(\d+)-(\d+)", date)
    assert span is not None and span[1] == span[3] and span[2] == span[4]
    assert "<del" in date and "22 May 2031" in date, "what it was before"


def test_each_who_takes_part_and_each_point_has_its_words_and_its_history(client: Client, summit: str) -> None:
    page = client.get(f"/events/{summit}?as_of=2031-05-20").text
    who, agenda = fact(page, "Who"), fact(page, "Agenda")
    dalgard = next(each for each in who.split("<li><details>") if '<b dir="auto">Irena Dalgard</b>' in each)
    assert 'since <time datetime="2031-03-11">' in dalgard and "3 origins" in dalgard
    assert re.search(r"<mark>[^<]*Dalgard[^<]*</mark>", dalgard) and "passage=" in dalgard
    assert dalgard.count(">passage<") == 3 and "first told" in dalgard and "by another origin" in dalgard
    assert "<mark>reopening of the Kest Pass</mark>" in agenda and "◐" in agenda and "Irena Dalgard</b>" in agenda
    drawn = section(page, "timeline")
    assert "● Irena Dalgard</text>" in drawn and "● Kest Pass</text>" in drawn and "<td>agenda</td>" in drawn


def test_what_people_decided_of_somebody_stands_in_his_history(tmp_path: Path, told: None) -> None:
    with ledger_of(tmp_path / "a", *STORY[:2]) as ledger:
        (found,) = events(ledger, "Dalgard Velik")
        decide_claim(ledger, found.id, "participant", "Oskar Brandt", "Olen Velik", "settled", BY)
    with TestClient(application(tmp_path / "a")) as client:
        who = fact(client.get(f"/events/{found.id}").text, "Who")
    brandt = next(each for each in who.split("<li><details>") if "Oskar Brandt</b>" in each)
    assert f'decided by <span dir="auto">{BY.person}</span>' in brandt and escape(BY.reason) in brandt
    assert "decided by <span" not in who.replace(brandt, "")


def test_of_many_who_take_part_some_have_their_words_and_all_their_names(
    client: Client, summit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get(f"/events/{summit}").text
    monkeypatch.setattr("onrecord.web.known.SHOWN", 2)
    monkeypatch.setattr("onrecord.web.timeline.ROWS", 2)
    page = client.get(f"/events/{summit}").text
    names = re.findall(r'<b dir="auto">([^<]*)</b>[^<]*<span class="quiet small">since', fact(whole, "Who"))
    who = fact(page, "Who")
    assert len(names) > 4 and f"and {len(names) - 2} others" in who and who.count("<blockquote") == 2
    assert all(name in who for name in names)
    assert f">{len(names) - 2} others</text>" in section(page, "timeline")


def test_a_page_has_its_timeline_as_a_drawing_and_as_a_table(client: Client, summit: str) -> None:
    told = section(client.get(f"/events/{summit}").text, "timeline")
    assert 'role="group" aria-labelledby="timeline-title timeline-told"' in told
    assert told.count("<use ") >= 20 and "#mark-gone" in told and "#mark-open" in told
    assert told.count("<tr>") == 1 + int(re.findall(r"The same as a table \((\d+) claims\)", told)[0])
    assert "style=" not in told


@pytest.mark.parametrize(("many", "origins"), [(200, "3 origins"), (2, "2 origins")])
def test_who_stays_away_takes_no_part_and_who_comes_after_all_is_told_to_by_those_that_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int, origins: str
) -> None:
    for name, value in (("recent.MUCH", many), ("recent.LAST", 2), ("recent.ITEMS", 1), ("summaries.FEW", 1)):
        monkeypatch.setattr(f"onrecord.ledger.{name}", value)
    story = (
        telling("2031-04-01", "Dalgard, Velik and Brandt will hold a summit.", "summit", "planned", *BOTH,
                ("participant", "Oskar Brandt", "settled"), ("agenda", "tariffs", "settled")),
        telling("2031-04-05", "Brandt stays away from the summit of Dalgard and Velik.", "summit", "planned", *BOTH,
                ("participant", "Oskar Brandt", "settled"), ("absent", "Oskar Brandt", "settled")),
        telling("2031-04-06", "Velik stays away from the summit with Dalgard.", "summit", "planned", *BOTH,
                ("absent", "Olen Velik", "settled")),
        telling("2031-04-07", "Velik will hold the summit with Dalgard after all.", "summit", "planned", *BOTH),
    )  # fmt: skip
    known = {given.id: reading for given, reading in story}
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: (known[each.id] for each in sources))
    with ledger_of(tmp_path / "a", *story) as ledger:
        (found,) = events(ledger, "Dalgard Velik summit")
    with TestClient(application(tmp_path / "a")) as client:
        page = client.get(f"/events/{found.id}").text
        assert ("as all 4 tellings have it" in page) == (many < 4)
        who = fact(page, "Who").split("<li><details>")[1:]
        assert re.findall(r'<b dir="auto">([^<]*)</b> <span', "".join(who)) == ["Ana Dalgard", "Olen Velik"]
        assert origins in who[1] and "2031-04-06" not in who[1]
        assert "2031-04-01" in who[1] and "<blockquote" in fact(page, "Agenda")
        away = fact(client.get(f"/events/{found.id}?as_of=2031-04-06").text, "Who")
        assert "Ana Dalgard</b>" in away and "Velik</b>" not in away and "Brandt</b>" not in away


def test_the_days_on_which_something_was_told_lead_on_without_a_script(client: Client, summit: str) -> None:
    page = client.get(f"/events/{summit}?as_of=2031-05-01").text
    assert f'<a rel="prev" href="/events/{summit}?as_of=2031-04-15">' in page
    assert f'<a rel="next" href="/events/{summit}?as_of=2031-05-06">' in page
    assert '<option value="2031-04-29" selected>' in page
    first = client.get(f"/events/{summit}?as_of=2031-03-11").text
    assert 'rel="prev"' not in first and "nothing before" in first


def test_the_steps_between_days() -> None:
    days = ["2031-05-01", "2031-05-09", "2031-05-20"]
    assert steps(days, None)[1:] == ("2031-05-20", "2031-05-09", None)
    assert steps(days, "2031-05-10")[1:] == ("2031-05-09", "2031-05-01", "2031-05-20")
    assert steps(days, "2031-05-01")[1:] == ("2031-05-01", None, "2031-05-09")
    assert steps(days, "2031-04-01")[1:] == ("2031-05-01", None, "2031-05-09")


def test_who_copied_and_who_quoted_whom_is_drawn(client: Client, summit: str) -> None:
    drawn = section(client.get(f"/events/{summit}").text, "sources")
    assert '<path class="copied"' in drawn and '<path class="quoted"' in drawn
    for kind in ("copy", "text", "voice"):
        addresses = [html.unescape(each) for each in re.findall(rf'<a class="is-{kind}" href="([^"]*)"', drawn)]
        assert addresses and all(("/statements/" in each) == (kind == "voice") for each in addresses)
        for address, _, passage in (each.partition("#") for each in addresses):
            answer = client.get(address)
            assert answer.status_code == 200 and (kind == "voice" or f'id="{passage}"' in answer.text)


def test_a_page_leads_to_what_is_said_of_its_event(client: Client, summit: str) -> None:
    page = client.get(f"/events/{summit}?as_of=2031-05-01").text
    for what in ("", "&amp;what=documents"):
        (address,) = re.findall(f'href="(/search\\?as_of=2031-05-01&amp;about={summit}{what})"', page)
        found = client.get(html.unescape(address)).text
        assert re.search(r'id="answers">(The best )?[1-9]', found), address


def test_what_was_not_told_yet_says_when_it_was(client: Client, summit: str) -> None:
    page = client.get(f"/events/{summit}?as_of=2031-01-01").text
    assert "Nothing had been published" in page and "as_of=2031-03-11" in page


@pytest.mark.parametrize("name", ["E0000000000", "summit", "E", "<b>", "..%2F"])
def test_there_is_no_such_event(client: Client, name: str) -> None:
    answer = client.get(f"/events/{quote(name, safe='%')}")
    assert answer.status_code == 404 and "<b>" not in answer.text.replace("<b dir", "")


def test_a_former_id_leads_to_what_the_event_is_now(tmp_path: Path, told: None) -> None:
    with ledger_of(tmp_path / "a", *STORY[:2], MORE[0], PREPARING) as ledger:
        ids = [each.id for each in events(ledger, "Dalgard Velik")]
        decide_same(ledger, ids[0], ids[1], BY)
        (gone,) = (each for each in ids if now_called(ledger, each) != each)
        kept = now_called(ledger, gone)
    with TestClient(application(tmp_path / "a")) as client:
        answer = client.get(f"/events/{gone}?as_of=2031-04-20", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"/events/{kept}?as_of=2031-04-20")
        rest = client.get(f"/events/{gone}?part=2&as_of=2031-04-20", follow_redirects=False)
        assert rest.headers["location"] == f"/events/{kept}?part=2&as_of=2031-04-20"
        assert client.get(f"/api/v1/events/{gone}").json()["id"] == kept
        followed = client.get(f"/events/{gone}.ics?as_of=2031-04-20")
        assert followed.status_code == 200 and f"UID:{kept}@onrecord" in followed.text
    for command in ("event", "why"):
        told_of = CliRunner().invoke(main, [command, gone, "--ledger", str(tmp_path / "a")])
        assert told_of.exit_code == 0 and f"{gone} is {kept} now" in told_of.stderr


@pytest.fixture
def made(tmp_path: Path, told: None) -> Iterator[Client]:
    """A client of a ledger whose summit has two dates, and talks that prepare it."""
    ledger_of(tmp_path / "a", *STORY[:2], MORE[0], PREPARING).close()
    with TestClient(application(tmp_path / "a")) as client:
        yield client


def test_related_events_are_named_with_how_they_stand(made: Client) -> None:
    summit, talks = (rows(made.get(f"/events?q={words}").text)[0] for words in ("Dalgard+Velik+summit", "Brandt+talks"))
    assert re.search(
        rf"is prepared by</span>.*?/events/{talks}", section(made.get(f"/events/{summit}").text, "others"), re.DOTALL
    )
    assert re.search(
        rf"prepares</span>.*?/events/{summit}", section(made.get(f"/events/{talks}").text, "others"), re.DOTALL
    )


def test_what_is_contested_stands_side_by_side(made: Client) -> None:
    contested = section(made.get("/").text, "contested")
    assert ">16 June 2031</time>" in contested and ">20 June 2031</time>" in contested
    summit = rows(contested)[0]
    page = made.get(f"/events/{summit}").text
    date = fact(page, "Date")
    assert "◆" in date and date.count('<div class="side">') == 2 and date.count("<blockquote") == 2
    assert page.count("(contested)</text>") == 2
    assert "Its date is contested" in page
    assert "contested" not in made.get("/?as_of=2031-04-12").text.split("<main")[1].split("</main>")[0]


def test_outlets_are_told_with_whose_texts_they_print(client: Client) -> None:
    page = client.get("/sources?from=2031-03-01").text
    assert re.search(
        r"Port Selm Gazette</a>.*?The Ostrev Courier</span> <span class=\"quiet\">1</span>", page, re.DOTALL
    )
    assert "The Meridian Post" not in client.get("/sources?from=2031-06-01").text
    assert "Nothing was published" in client.get("/sources?from=2035-06-01&to=2035-07-01").text


def test_of_many_outlets_some_are_on_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def outlets(page: str) -> list[str]:
        return re.findall(r'<th scope="row" dir="auto"><a[^>]*>([^<]*)</a>', page)

    address = "/sources?from=2031-03-01"
    whole = outlets(client.get(address).text)
    assert "pager" not in client.get(address).text
    monkeypatch.setattr("onrecord.web.sources.SHOWN", 2)
    found, pages = list[str](), 0
    while address:
        page = client.get(address).text
        found += outlets(page)
        following = re.search(r'rel="next" href="([^"]*)"', page)
        address, pages = (html.unescape(following[1]) if following else ""), pages + 1
    assert found == whole
    assert pages == -(-len(whole) // 2) > 1


@pytest.fixture(scope="session")
def copied(sample_ledger: Path) -> tuple[str, str]:
    """A text's first document and its copy."""
    with open_ledger(sample_ledger) as ledger:
        group = next(copies(ledger))
        return group.document, group.copies[0].document


def test_what_a_copy_changed_is_told_word_by_word(client: Client, copied: tuple[str, str]) -> None:
    for name in copied:
        page = client.get(f"/copies/{quote(name, safe='')}").text
        assert "<del>rejected</del><ins>dismissed</ins>" in page
        assert f"/documents/{quote(copied[1], safe='')}?passage=" in page
    assert client.get(f"/copies/{quote(copied[1], safe='')}?as_of=2031-03-01").status_code == 404
    assert client.get("/copies/nothing/of/it").status_code == 404


LINES = [f"Line {number} of the treaty names the villages of district {number} of the pass." for number in range(60)]


@pytest.fixture
def reprinted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client of a ledger of a text that three others print, each with more or fewer lines put otherwise."""
    monkeypatch.setattr("onrecord.reading.read_many", lambda given: map(reading_of, given))
    texts = {
        name: " ".join(
            f"{line} {name.title()} adds a remark." if at % step == 3 else line for at, line in enumerate(LINES)
        )
        for name, step in (("first", 99), ("second", 20), ("third", 10), ("fourth", 20))
    }  # fmt: skip
    given = [source(name, text, f"2031-04-0{at}", name) for at, (name, text) in enumerate(texts.items(), 1)]
    filled(tmp_path / "a", *given)[0].close()
    with TestClient(application(tmp_path / "a")) as client:
        yield client


def shown_of(page: str) -> list[tuple[str, int]]:
    """The copies whose passages a page shows, and how many."""
    sections = re.findall(r'<section aria-labelledby="copy-\d+">(.*?)</section>', page, re.DOTALL)
    return [(re.findall(r"<span dir=\"auto\">(\w+)", each)[0], each.count('class="words"')) for each in sections]


def test_of_many_copies_a_page_shows_what_it_has_room_for_and_leads_to_the_rest(
    reprinted: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown_of(reprinted.get("/copies/first").text) == [("second", 3), ("third", 6), ("fourth", 3)]
    assert shown_of(reprinted.get("/copies/third").text)[0] == ("third", 6)
    monkeypatch.setattr("onrecord.web.sources.LETTERS", 60)
    page = reprinted.get("/copies/third?as_of=2031-05-01").text
    [(third, some)] = shown_of(page)
    assert third == "third" and 0 < some < 6 and "4 documents with one text" in page
    rest = section(page, "rest")
    assert "2 more documents" in rest and "/copies/second?as_of=2031-05-01" in rest and "/copies/fourth?" in rest
    seen, address = 0, "/copies/third"
    while address:
        page = reprinted.get(address).text
        [(_, some)] = shown_of(page)
        following = re.search(r'rel="next" href="([^"]*)">(\d+) more passage', page)
        seen, address = seen + some, html.unescape(following[1]) if following else ""
        assert following is None or int(following[2]) == 6 - seen
        assert ('rel="prev" href="/copies/third"' in page) == (seen > some) != ('id="rest"' in page)
    assert seen == 6
    assert "There are no more" in reprinted.get("/copies/third?begin=99").text


def test_a_long_passage_of_a_copy_is_cut_and_leads_to_the_whole(
    reprinted: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reprinted.get("/copies/third").text
    monkeypatch.setattr("onrecord.web.sources.LETTERS_TOGETHER", 5)
    page = reprinted.get("/copies/third").text
    assert "Third adds a remark." in whole and "Third adds" not in page
    assert page.count("…</ins></p>") == 3 + 6 + 3 == len(re.findall(">in the copy<", page))


def test_words_that_are_the_same_are_no_change() -> None:
    passage = Difference("changed", "the first talks of May", "the last talks of June", (0, 22), (0, 22))
    assert [(each.kind, each.text) for each in word_by_word(passage)] == [
        ("same", "the "), ("cut", "first "), ("added", "last "), ("same", "talks of "), ("cut", "May"),
        ("added", "June"),
    ]  # fmt: skip
    assert [each.kind for each in word_by_word(Difference("cut", "gone", "", (0, 4), (0, 0)))] == ["cut"]
    long = " ".join(map(str, range(700)))
    assert [each.kind for each in word_by_word(Difference("changed", long, f"{long} more", (0, 1), (0, 1)))] == [
        "cut",
        "added",
    ]


def test_words_of_a_passage_stand_among_their_own(sample_ledger: Path, summit: str) -> None:
    with open_ledger(sample_ledger) as ledger:
        held = event(ledger, summit)
        assert held is not None
        places = [
            Place(number, span)
            for told, number in zip(held.thread.tellings, held.thread.numbers, strict=True)
            for claim in told.claims
            for span in claim.span
        ]
        found = shown(ledger, [*places, Place(10**9, (0, 1))])
    assert set(found) == set(places)
    assert all(len(words.words) == stop - start for (_, (start, stop)), words in found.items())
    assert {"5 June", "Tarnholm"} <= {words.words for words in found.values()}


@pytest.mark.parametrize("path", ["/about", "/keys"])
def test_pages_that_need_no_question(client: Client, path: str) -> None:
    answer = client.get(f"{path}?as_of=2031-05-10")
    assert answer.status_code == 200 and f'action="{path}"' in answer.text
    assert "is-provisional" in answer.text or "<kbd>?</kbd>" in answer.text


def test_what_is_told_very_often_is_shown_by_its_last_tellings_and_the_rest_is_behind_links(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("recent.MUCH", 2), ("recent.LAST", 1), ("summaries.FEW", 1)):
        monkeypatch.setattr(f"onrecord.ledger.{name}", value)
    monkeypatch.setattr("onrecord.web.event.TOLD", 2)
    with ledger_of(tmp_path / "a", *STORY) as ledger:
        found = event(ledger, "Dalgard Velik summit", "2031-07-02")
        assert found is not None
    here = f"/events/{found.id}"
    with TestClient(application(tmp_path / "a")) as client:
        page = client.get(f"{here}?as_of=2031-07-02").text
        assert "are as all 5 tellings have it" in page and "told 5 times, the last 1 times by" in page
        assert "Kestron" in fact(page, "Venue") and "10 April 2031" in fact(page, "Venue"), "from a telling before"
        who = fact(page, "Who")
        assert re.search(r"Ana Dalgard</b> .*?since <time datetime=\"2031-04-01\">", who)
        assert "<mark>" in who and f'href="{here}?as_of=2031-04-01"' in who, "its words, and the way to the first day"
        assert f'href="{here}?as_of=2031-07-02&amp;part=2"' in section(page, "tellings")
        second, third = (client.get(f"{here}?as_of=2031-07-02&part={part}").text for part in (2, 3))
        assert "3 to 4 of 5" in second and second.count("<blockquote") == 2 and 'rel="next"' in second
        assert "5 to 5 of 5" in third and third.count("<blockquote") == 1 and 'rel="next"' not in third
        behind = client.get(f"{here}?as_of=2031-07-02&part=4").text
        assert "There are 5, and none behind these." in behind and "<blockquote" not in behind
        assert "Not told of yet" in client.get(f"{here}?as_of=2031-01-01&part=2").text
        assert client.get("/events/E0000000000?part=2").status_code == 404
        few = client.get(f"{here}?as_of=2031-04-30").text
        assert "Much is told of this event" not in few and "<select" in few
