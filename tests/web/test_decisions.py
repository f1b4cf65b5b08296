"""Corrections by form and by API: they take effect, are listed with who and why, and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import TestClient
from lxml import html

from onrecord.cli import main
from onrecord.web.app import application
from onrecord.web.deciding import ClaimGiven, of_form
from tests.ledger.test_events import MORE, PREPARING, STORY, ledger_of, told
from tests.web.entering import bearer, enter, signed, with_users
from tests.web.test_assistants import found
from tests.web.test_today import section

__all__ = ["told"]

Client = TestClient[Litestar]


@pytest.fixture
def ledger(sample_ledger: Path, tmp_path: Path) -> Path:
    return with_users(sample_ledger, tmp_path)


@pytest.fixture
def client(ledger: Path) -> Iterator[Client]:
    with TestClient(application(ledger)) as client:
        yield client


def two(client: Client) -> tuple[str, str]:
    one, other = (each["id"] for each in client.get("/api/v1/events?q=summit&most=2").json()["items"])
    return one, other


def test_decisions_are_searched_by_their_reasons_and_values(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.decisions.PART", 1)
    event, _ = two(client)
    page = f"/events/{event}"
    enter(client, "Ben")
    form = {"sign": signed(client, page), "next": page, "kind": "claim", "event": event, "attribute": "venue"}
    for value, reason in (("Ostrev", "the <b>site</b>"), ("Velmark", "they moved")):
        made = client.post(
            "/decisions", data={**form, "value": value, "was": "", "settled": "settled", "reason": reason}
        )
        assert made.status_code == 200
    answers = {"q=velmark": ["2"], "q=SITE": ["1"], "by=ben": ["2", "1"], "q=ben": [], "q=quay": []}
    for asked, numbers in answers.items():
        tree = html.document_fromstring(client.get(f"/search?what=decisions&{asked}").text)
        links = tree.xpath("//ol[@class='items dated']//a[starts-with(@href, '/decisions/')]/@href")
        assert links == [f"/decisions/{number}" for number in numbers], asked
        assert tree.xpath("//nav[@class='tabs']//a[@aria-current]/span/text()") == [str(len(numbers))]
        assert not tree.xpath("//ol//b[text()='site']")
    for number, part in ((2, 1), (1, 2)):
        led = client.get(f"/decisions/{number}", follow_redirects=False).headers["Location"]
        assert led == f"/decisions?part={part}#decision-{number}" and f'id="decision-{number}"' in client.get(led).text
    assert client.get("/decisions/3").status_code == 404


def test_a_value_is_corrected_and_the_correction_taken_back(client: Client) -> None:
    event, _ = two(client)
    page = f"/events/{event}"
    assert '/decisions"' not in client.get(page).text.partition("<footer")[0]
    enter(client, "Ben")
    form = {"sign": signed(client, page), "next": page, "kind": "claim", "event": event, "attribute": "venue"}
    answer = client.post(
        "/decisions", data={**form, "value": "Ostrev", "was": "", "settled": "settled", "reason": "the <b>site</b>"},
        follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == 303 and answer.headers["Location"] == f"{page}#decision-1"
    assert client.get(f"/api/v1{page}").json()["venue"]["value"] == "Ostrev"
    corrected = client.get(page)
    assert corrected.status_code == 200
    (decided,) = html.document_fromstring(corrected.text).xpath("//li[@id='decision-1']")
    words = " ".join(decided.text_content().split())
    assert words.startswith("Ben: venue Ostrev instead of Tarnholm Castle the <b>site</b>")
    listed = client.get("/decisions").text
    assert "the &lt;b&gt;site&lt;/b&gt;" in listed and "Ben" in listed and "Ostrev" in listed
    back = {"sign": signed(client, "/decisions"), "kind": "undo", "number": "1", "reason": "not the site"}
    assert client.post("/decisions", data=back).status_code == 200
    assert client.get(f"/api/v1{page}").json()["venue"]["value"] != "Ostrev"
    assert "taken back" in client.get("/decisions").text


def forms(client: Client, page: str, attribute: str) -> list[dict[str, str]]:
    """The fields of the forms that stand beside the values of an attribute of an event, as they come filled."""
    found = html.document_fromstring(client.get(page).text).xpath(
        f"//dt[@id='fact-{attribute}']/following-sibling::dd[1]//form[@action='/decisions']"
    )
    return [{name: value for name, value in form.form_values() if name != "reason"} for form in found]


@pytest.mark.parametrize(
    ("attribute", "verdict", "value", "then"),
    [
        ("date", "accept", "ignored", "2031-06-05"), ("date", "", "2031-06-06", "2031-06-06"),
        ("date", "reject", "", None), ("venue", "", "Ostrev Hall", "Ostrev Hall"),
        ("status", "", "cancelled", "cancelled"),
    ],
)  # fmt: skip
def test_what_an_event_has_one_of_is_accepted_changed_and_rejected_beside_it(
    client: Client, attribute: str, verdict: str, value: str, then: str | None
) -> None:
    event, _ = two(client)
    enter(client, "Ben")
    page = f"/events/{event}"
    form = forms(client, page, attribute)[0]
    stood = client.get(f"/api/v1{page}").json()[attribute]
    assert form["value"] == (stood if attribute == "status" else stood["value"]), "it is filled with what stands"
    sent = {**form, "reason": "the host says so", **({"verdict": verdict} if verdict else {})}
    answer = client.post("/decisions", data={**sent, "value": value or form["value"]}, follow_redirects=False)
    assert answer.headers["Location"] == f"{page}#fact-{attribute}"
    stands = client.get(f"/api/v1{page}").json()[attribute]
    stands = stands if attribute == "status" else stands["value"]
    assert stands == then if then else stands != form["value"]
    if then:
        assert re.search(r"decided by</span> <b[^>]*>Ben</b>", client.get(page).text)


@pytest.mark.parametrize(("attribute", "value"), [("name", "Tarnholm <Water> Parley"), ("kind", "conference")])
@pytest.mark.parametrize("verdict", ["", "accept"])
def test_what_an_event_is_called_and_of_what_kind_it_is_is_corrected_above_it(
    client: Client, attribute: str, value: str, verdict: str
) -> None:
    event, _ = two(client)
    enter(client, "Ben")
    page = f"/events/{event}"
    stood = client.get(f"/api/v1{page}").json()[attribute]
    (form,) = html.document_fromstring(client.get(page).text).xpath(
        f"//div[@class='head']//input[@name='attribute'][@value='{attribute}']/ancestor::form"
    )
    sent = dict(form.form_values()) | {"reason": "the host calls it so"}
    assert sent["value"] == stood and not form.xpath(".//button[@value='reject']")
    sent |= {"verdict": verdict} if verdict else {"value": value}
    answer = client.post("/decisions", data=sent, follow_redirects=False)
    assert answer.headers["Location"] == f"{page}#fact-{attribute}"
    then = stood if verdict else value
    assert client.get(f"/api/v1{page}").json()[attribute] == then
    (head,) = html.document_fromstring(client.get(page).text).xpath("//div[@class='head']")
    words = " ".join(head.text_content().split())
    assert then in words and f"{attribute} decided by Ben: the host calls it so" in words


def test_what_a_person_calls_an_event_stands_in_all_that_others_take_over(client: Client, ledger: Path) -> None:
    event, _ = two(client)
    for attribute, value in (("name", "Tarnholm Water Parley"), ("kind", "conference")):
        given = {"kind": "claim", "event": event, "attribute": attribute, "value": value, "reason": "the host says so"}
        assert client.post("/api/v1/decisions", json=given, headers=bearer(ledger, "Ben")).status_code == 201
    files = {
        suffix: client.get(f"/events/{event}.{suffix}").text
        for suffix in ("ics", "jsonl", "jsonld", "md", "html", "atom")
    }
    assert "SUMMARY:Tarnholm Water Parley" in files["ics"] and "CATEGORIES:conference" in files["ics"]
    assert [suffix for suffix, text in files.items() if "Tarnholm Water Parley" not in text] == []
    assert "Tarnholm Water Parley" in client.get("/changes.atom").text
    named = [each["name"] for each in client.get("/api/v1/events?q=Tarnholm+Water+Parley").json()["items"]]
    assert named[0] == "Tarnholm Water Parley"
    for words in ("?kind=meeting&from=2031-01-01", "?q=parley"):
        assert "Tarnholm Water Parley" in client.get(f"/events{words}").text
    about = client.get("/api/v1/search/documents?q=summit").json()["facets"]["about"]
    assert {each["value"]: each["label"] for each in about}[event] == "Tarnholm Water Parley"
    undone = {"kind": "undo", "number": 1, "reason": "it was a draft"}
    assert client.post("/api/v1/decisions", json=undone, headers=bearer(ledger, "Ben")).status_code == 201
    assert "Tarnholm Water Parley" not in client.get(f"/events/{event}.ics").text


def test_how_two_events_stand_is_rejected_and_added_beside_it_and_taken_back(tmp_path: Path, told: None) -> None:
    ledger_of(tmp_path / "a", *STORY[:2], MORE[0], MORE[1], PREPARING).close()
    path = with_users(tmp_path / "a", tmp_path)
    with TestClient(application(path)) as client:
        summit, talks, vote = (
            client.get(f"/api/v1/events?q={words}").json()["items"][0]["id"]
            for words in ("Dalgard+Velik+summit", "Brandt+talks", "Velmark+election")
        )
        page = f"/events/{summit}"
        assert "<form" not in section(client.get(page).text, "others")
        enter(client, "Ben")

        def sent(number: int, **more: str) -> None:
            shown = html.document_fromstring(client.get(page).text)
            form = shown.xpath("//section[@aria-labelledby='others']//form[@action='/decisions']")[number]
            answer = client.post(
                "/decisions", data={**dict(form.form_values()), "reason": "the host says so", **more},
                follow_redirects=False,
            )  # fmt: skip
            assert (answer.status_code, answer.headers["Location"]) == (303, f"{page}#others")

        def beside() -> list[tuple[str, str, int | None]]:
            related = client.get(f"/api/v1{page}").json()["related"]
            return [(each["kind"], each["event"], each["decision"]) for each in related]

        assert beside() == [("prepared_by", talks, None)]
        sent(0, holds="true")
        assert beside() == [("prepared_by", talks, 1)]
        assert "Ben" in section(client.get(page).text, "others")
        sent(0, holds="false")
        assert beside() == []
        sent(0, relation="follows", other=vote)
        assert beside() == [("follows", vote, 3)]
        said = " ".join(html.document_fromstring(section(client.get(page).text, "decided")).text_content().split())
        assert re.search(
            r"talks.* prepares .*summit.* confirmed .*prepares .*summit.* is wrong .* follows .*election", said
        )
        every = " ".join(html.document_fromstring(client.get("/decisions").text).text_content().split())
        assert re.search(r"3\. .*summit.* follows .*general election", every)
        before = client.get(f"/api/v1{page}?as_of=2031-04-05").json()["related"]
        assert [each["kind"] for each in before] == ["follows"], "both had been told of"
        given = {"kind": "relation", "event": talks, "relation": "prepares", "other": summit, "reason": "it was right"}
        assert client.post("/api/v1/decisions", json=given, headers=bearer(path, "Ben")).json() == {"number": 4}
        assert ("prepared_by", talks, 4) in beside()
        given |= {"relation": "beside"}
        assert client.post("/api/v1/decisions", json=given, headers=bearer(path, "Ben")).status_code == 400


@pytest.mark.parametrize("attribute", ["participant", "agenda", "host"])
@pytest.mark.parametrize(("verdict", "value"), [("accept", ""), ("", "Ida Ruhl"), ("reject", "")])
def test_each_of_several_is_accepted_changed_and_rejected_beside_it(
    client: Client, attribute: str, verdict: str, value: str
) -> None:
    event, _ = two(client)
    enter(client, "Ben")
    page = f"/events/{event}"

    def items() -> list[tuple[str, str]]:
        held = client.get(f"/api/v1{page}").json()["items"]
        return [(each["value"], each["settled"]) for each in held if each["attribute"] == attribute]

    if attribute == "host":
        added = {"sign": signed(client, page), "kind": "claim", "event": event, "attribute": "host", "value": "Lunoria"}
        assert client.post("/decisions", data={**added, "reason": "it says so"}).status_code == 200
    before, form = items(), forms(client, page, attribute)[0]
    assert form["value"] == before[0][0]
    sent = {**form, "reason": "the host says so", **({"verdict": verdict} if verdict else {})}
    sent |= {"value": value} if value else {}
    assert client.post("/decisions", data=sent).status_code == 200
    names = [name for name, _ in items()]
    assert (before[0][0] in names) == (verdict == "accept") and (value in names) == bool(value)
    assert {name for name, _ in before[1:]} <= set(names)


def test_what_stands_there_by_name_alone_is_corrected_by_its_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.known.SHOWN", 2)
    event, _ = two(client)
    enter(client, "Ben")
    page = f"/events/{event}"
    offered = html.document_fromstring(client.get(page).text).xpath("//datalist[@id='by-name']/option/text()")
    who = client.get(f"/api/v1{page}").json()["participants"]
    assert offered and set(offered) < set(who)
    wrong = {"sign": signed(client, page), "kind": "claim", "event": event, "attribute": "participant", "reason": "x"}
    assert client.post("/decisions", data={**wrong, "value": "", "was": offered[0]}).status_code == 200
    assert client.get(f"/api/v1{page}").json()["participants"] == [each for each in who if each != offered[0]]


def test_a_value_of_strangers_is_corrected_by_every_sign_of_it() -> None:
    odd = "Selm\u202e\x1b & <b>+%"
    given = of_form({"kind": "claim", "event": "E0000000000", "attribute": "venue", "chosen": urlencode({"was": odd}),
                     "verdict": "reject", "value": "Selm", "reason": "why"})  # fmt: skip
    assert isinstance(given, ClaimGiven) and (given.was, given.value) == (odd, None)


def test_what_is_one_with_itself_needs_no_decision(client: Client, ledger: Path) -> None:
    one, _ = two(client)
    given = {"kind": "same", "one": one, "other": one, "reason": "the same talks"}
    answer = client.post("/api/v1/decisions", json=given, headers=bearer(ledger, "Ben"))
    assert 400 <= answer.status_code < 500 and "one with itself" in answer.text
    assert client.get("/api/v1/decisions").json()["items"] == []


def test_a_merge_is_corrected_by_form(client: Client) -> None:
    one, other = two(client)
    enter(client, "Ben")
    form = {"sign": signed(client, f"/events/{one}"), "next": f"/events/{one}", "reason": "the same talks"}
    assert client.post("/decisions", data={**form, "kind": "same", "one": one, "other": other}).status_code == 200
    documents = [each["document"] for each in client.get(f"/api/v1/events/{one}").json()["history"]]
    apart = {**form, "kind": "apart", "one": one, "other": documents[-1]}
    assert client.post("/decisions", data=apart).status_code == 200
    left = [each["document"] for each in client.get(f"/api/v1/events/{one}").json()["history"]]
    assert documents[-1] not in left and left


def test_who_said_it_is_corrected_by_form(client: Client) -> None:
    held = client.get("/api/v1/statements?most=1").json()["items"][0]
    page = f"/statements/{held['number']}/{held['document']}"
    enter(client, "Ben")
    assert "Correct who said it" in client.get(page).text
    form = {"sign": signed(client, page), "next": page, "kind": "speaker", "document": held["document"]}
    said = {**form, "statement": held["number"], "speaker": "Ana Dalgard", "reason": "she did"}
    assert client.post("/decisions", data=said).status_code == 200
    found = client.get("/api/v1/statements?by=Ana+Dalgard&most=200").json()["items"]
    assert (held["document"], held["number"]) in {(each["document"], each["number"]) for each in found}


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"kind": "claim", "attribute": "mood", "value": "x"}, 400), ({"kind": "none"}, 400),
        ({"kind": "claim", "attribute": "date", "value": "soon"}, 422), ({"kind": "claim", "attribute": "date"}, 422),
        ({"kind": "undo", "number": "77", "event": ""}, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_told(client: Client, wrong: dict[str, str], status: int) -> None:
    event, _ = two(client)
    enter(client, "Ben")
    form = {"sign": signed(client, "/decisions"), "reason": "why", "event": event}
    assert client.post("/decisions", data={**form, **wrong}).status_code == status


def test_decisions_by_api(client: Client, ledger: Path) -> None:
    event, _ = two(client)
    given = {"kind": "claim", "event": event, "attribute": "venue", "value": "Ostrev", "reason": "its own site"}
    made = client.post("/api/v1/decisions", json=given, headers=bearer(ledger, "Ben"))
    assert made.status_code == 201 and made.json() == {"number": 1}
    (held,) = client.get("/api/v1/decisions").json()["items"]
    assert (held["person"], held["value"], held["stands"]) == ("Ben", "Ostrev", True)
    refused = client.post("/api/v1/decisions", json={**given, "event": "E0000000000"}, headers=bearer(ledger, "Ben"))
    assert refused.status_code == 422 and str(ledger) not in refused.text


def choice(page: str) -> str:
    """The value of the last document that a page offers to be told apart."""
    offered = html.document_fromstring(page).xpath("//input[@name='chosen'][starts-with(@value, 'other=')]/@value")
    return str(offered[-1])


def test_who_is_one_is_corrected_by_form_and_taken_back(client: Client, ledger: Path) -> None:
    people = client.get("/api/v1/entities?type=person&most=2").json()["items"]
    one, other = (each["id"] for each in people)
    page = f"/entities/{one}"
    assert "Correct it" not in client.get(page).text and "another one" not in client.get(page).text
    enter(client, "Ben")
    form = {"sign": signed(client, page), "next": page, "reason": "her husband"}
    answer = client.post("/decisions", data={**form, "kind": "same", "one": one, "other": other})
    assert answer.status_code == 200 and "Take it back" in answer.text
    held = client.get(f"/api/v1{answer.url.path}").json()
    assert held["documents"] > people[0]["documents"]
    gone = other if held["id"] == one else one
    away = client.get(f"/entities/{gone}?q=%26+talks&as_of=2031-05-24", follow_redirects=False)
    asked = "q=%26+talks&as_of=2031-05-24"
    assert (away.status_code, away.headers["location"]) == (307, f"/entities/{held['id']}?{asked}")
    assert client.get(f"/api/v1/entities/{gone}").json() == found(ledger, "find_entity", name=gone)[0] == held
    told = CliRunner().invoke(main, ["entities", gone, "--ledger", str(ledger)])
    assert told.exit_code == 0 and f"{gone} is {held['id']} now" in told.stderr
    assert client.post("/decisions", data={**form, "kind": "undo", "number": "1"}).status_code == 200
    assert client.get(f"/api/v1/entities/{one}").json()["documents"] == people[0]["documents"]
    assert client.get(f"/entities/{gone}", follow_redirects=False).status_code == 200, "it holds again"
    assert "Take it back" not in client.get(page).text
    apart = {**form, "kind": "apart", "one": one, "chosen": choice(client.get(page).text)}
    assert client.post("/decisions", data=apart).status_code == 200
    assert client.get(f"/api/v1/entities/{one}").json()["documents"] == people[0]["documents"] - 1


def test_a_text_is_chosen_by_what_tells_it_from_others_of_its_id(client: Client) -> None:
    event, other = two(client)
    enter(client, "Ben")
    page = client.get(f"/events/{event}").text
    offered = html.document_fromstring(page).xpath("//datalist[@id='alike']/option/@value")
    assert other in offered and event not in offered
    told = client.get(f"/api/v1/events/{event}").json()["history"]
    apart = {"sign": signed(client, "/decisions"), "kind": "apart", "one": event, "chosen": choice(page), "reason": "x"}
    assert client.post("/decisions", data=apart).status_code == 200
    assert len(client.get(f"/api/v1/events/{event}").json()["history"]) < len(told)
    assert "Take it back" in client.get(f"/events/{event}").text
