"""Alert rules over what comes into a ledger: what each asks for, found once, whoever looks and whenever it ends."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.ledger import Ledger, add, changing, decide_claim, event, open_ledger, outbox, undo
from onrecord.ledger.alert_rules import Rule, add_rule, remove_rule, rule_named, rules, watched_by
from onrecord.ledger.alerting import behind, evaluate
from onrecord.ledger.conditions import named_now
from onrecord.ledger.outbox import Alert, alerts, delivered, failed, reached, take, waiting
from onrecord.ledger.store import LedgerError, Refused
from onrecord.nouns import Block, Reading, Source
from onrecord.publish.alerted import names
from tests.ledger.keeping import BY, NEW, NOON, OLD
from tests.ledger.test_events import BOTH, LIKELY, MORE, STORY, ledger_of, telling, told

__all__ = ["told"]

pytestmark = pytest.mark.usefixtures("told")

HOOK, OTHER_HOOK = "https://alerts.example/hook", "https://other.example/hook"
EVERY = Rule(name="every", to=(HOOK,))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger in which the summit may be held, and nothing else is told."""
    return ledger_of(tmp_path / "l", STORY[0])


def more(ledger: Ledger, *tellings: tuple[Source, Reading]) -> None:
    assert all(each.outcome == "added" for each in add(ledger, (given for given, _ in tellings), OLD, lambda: NOON))


def facts(found: list[Alert]) -> list[tuple[str, str, str, str | None]]:
    return [(each.rule, each.change.attribute, each.change.what, each.change.now) for each in found]


def summit(ledger: Ledger) -> str:
    held = event(ledger, "Dalgard Velik summit")
    assert held is not None
    return held.id


def test_a_rule_sees_what_comes_after_it_and_each_change_once(ledger: Ledger) -> None:
    add_rule(ledger, EVERY, NOON)
    assert evaluate(ledger, NOON) == [], "what was there is not alerted"
    more(ledger, STORY[1])
    found = evaluate(ledger, NOON)
    assert facts(found) == [
        ("every", "status", "changed", "scheduled"),
        ("every", "date", "new", "2031-06-16 (settled)"),
        ("every", "venue", "new", "Kestron (settled)"),
    ]
    told_of = found[0].change.told
    assert told_of is not None and told_of.day == "2031-04-10" and found[1].origins == 1
    assert evaluate(ledger, NOON) == []
    more(ledger, STORY[2])
    assert facts(evaluate(ledger, NOON)) == [
        ("every", "status", "changed", "postponed"), ("every", "date", "withdrawn", "none (open)"),
    ]  # fmt: skip
    list(add(ledger, [STORY[2][0]], NEW, lambda: NOON))
    assert evaluate(ledger, NOON) == [], "a document that is read again is no news"
    assert len(alerts(ledger, "every")) == 5 and alerts(ledger)[0].change.now == "none (open)"


def test_several_documents_of_one_day_are_told_apart(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    add_rule(ledger, EVERY, NOON)
    one = telling("2031-04-20", "Dalgard will meet Velik at a summit in Kestron.", "summit", "scheduled", *BOTH,
                  ("venue", "Kestron", "settled"))  # fmt: skip
    other = telling("2031-04-20", "The summit of Dalgard and Velik is on 16 June.", "summit", "scheduled", *BOTH,
                    ("date", "2031-06-16", "settled"))  # fmt: skip
    known = {given.id: reading for given, reading in (one, other)}
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: (known[each.id] for each in sources))
    more(ledger, one)
    assert [each.change.attribute for each in evaluate(ledger, NOON)] == ["status", "venue"]
    more(ledger, other)
    assert [each.change.attribute for each in evaluate(ledger, NOON)] == ["date"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"attributes": ("date",), "what": ("settled",)}, ["2031-06-16 (settled)"]),
        ({"attributes": ("date",)}, ["2031-06-16 (settled)", "2031-06-16 (contested against 2031-06-20)"]),
        ({"what": ("contested",)}, ["2031-06-16 (contested against 2031-06-20)"]),
        ({"statuses": ("scheduled",)}, ["scheduled"]),
        ({"statuses": ("cancelled",)}, []),
        ({"who": ("Velik",), "attributes": ("venue",)}, ["Kestron (settled)"]),
        ({"who": ("Ruhl",)}, []),
        ({"who": ("Ida Ruhl", "Ana Dalgard"), "statuses": ("scheduled",)}, ["scheduled"]),
        ({"events": ("Dalgard and Velik summit",), "attributes": ("venue",)}, ["Kestron (settled)"]),
        ({"events": ("dalgard summit",), "attributes": ("venue",)}, ["Kestron (settled)"]),
        ({"events": ("velik dalgard summit",), "attributes": ("venue",)}, ["Kestron (settled)"]),
        ({"events": ("summit between Velik and Ana Dalgard",), "attributes": ("venue",)}, ["Kestron (settled)"]),
        ({"events": ("the summit in Kestron 2031",), "statuses": ("scheduled",)}, ["scheduled"]),
        ({"events": ("Dalgard summit 2030",)}, []),
        ({"events": ("Dalgard election",)}, []),
        ({"events": ("fishing talks", "Ruhl summit")}, []),
        ({"kinds": ("election",)}, []),
        ({"kinds": ("meeting",), "statuses": ("scheduled",)}, ["scheduled"]),
    ],
)
def test_what_rules_ask_for(ledger: Ledger, asked: dict[str, Any], found: list[str]) -> None:
    add_rule(ledger, Rule(name="one", **asked), NOON)
    alerted = []
    for each in (STORY[1], MORE[0]):
        more(ledger, each)
        alerted += evaluate(ledger, NOON)
    assert [each.change.now for each in alerted] == found


def test_a_rule_by_the_name_of_who_takes_part(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    known = telling("2031-04-20", "The Orvan parliament debates the budget.", "debates", "planned",
                    ("participant", "Orvan parliament", "settled"))  # fmt: skip
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: [known[1] for _ in sources])
    for number, words in enumerate(("Orvan parliament", "orvan PARLIAMENT", "Orvan court")):
        add_rule(ledger, Rule(name=f"r{number}", events=(words,), attributes=("status",)), NOON)
    more(ledger, known)
    assert [each.rule for each in evaluate(ledger, NOON)] == ["r0", "r1"]


def test_who_gives_words_is_told_what_they_name_now_or_why_they_name_nothing(ledger: Ledger) -> None:
    (found,) = named_now(ledger, "velik dalgard summit")
    assert found.event.id == summit(ledger) and not found.lacking
    (passed,) = named_now(ledger, "Velik Dalgard picnic summit")
    assert passed.event.id == found.event.id and passed.lacking == ("picnic",)
    assert "“picnic” is nowhere in its names" in names([passed]) and "[E" in names([found])
    assert named_now(ledger, "fishing talks") == [] and names([]) == "names now: no event yet"


def test_likely_dates_that_become_settled(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "l", LIKELY[0])
    for name, what in (("fixed", "settled"), ("firmer", "confirmed"), ("other", "changed")):
        add_rule(ledger, Rule(name=name, events=("Orvan election",), attributes=("date",), what=(what,)), NOON)  # type: ignore[arg-type]
    more(ledger, LIKELY[1])
    assert facts(evaluate(ledger, NOON)) == [
        (name, "date", "confirmed", "2031-08-03 (settled)") for name in ("fixed", "firmer")
    ]


def test_an_event_by_its_id_stays_the_same_when_an_earlier_document_comes(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "l", STORY[1])
    name = summit(ledger)
    add_rule(ledger, Rule(name="one", events=(name,)), NOON)
    more(ledger, STORY[0], STORY[5])
    assert summit(ledger) != name and watched_by(ledger, "one") == [summit(ledger)]
    assert evaluate(ledger, NOON) == [], "what was told earlier changes nothing now, and the other summit is another"
    more(ledger, STORY[2])
    assert [each.change.now for each in evaluate(ledger, NOON)] == ["postponed", "none (open)"]


def test_what_nobody_planned_is_alerted_by_its_id_alone(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    over = [
        telling(day, f"Orvan held its {words}.", "general election", "occurred", ("date", "2031-08-03", "settled"))
        for day, words in (("2031-08-04", "general election"), ("2031-08-05", "first general election"))
    ]
    known = {given.id: reading for given, reading in over}
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: (known[each.id] for each in sources))
    add_rule(ledger, Rule(name="every"), NOON)
    more(ledger, over[0])
    assert evaluate(ledger, NOON) == []
    held = event(ledger, "Orvan election")
    assert held is not None and held.state.status == "occurred"


def test_what_people_decide_is_alerted(ledger: Ledger) -> None:
    more(ledger, STORY[1])
    add_rule(ledger, EVERY, NOON)
    add_rule(ledger, Rule(name="right", what=("settled",)), NOON)
    decide_claim(ledger, summit(ledger), "date", "2031-06-17", "2031-06-16", "settled", BY)
    found = evaluate(ledger, NOON)
    assert facts(found) == [("every", "date", "corrected", "2031-06-17"), ("right", "date", "corrected", "2031-06-17")]
    assert found[0].change.person == BY.person and evaluate(ledger, NOON) == []


def test_a_rule_knows_an_event_by_the_name_and_the_kind_that_a_person_gave_it(ledger: Ledger) -> None:
    for attribute, value in (("name", "Kestron Water Parley"), ("kind", "talks")):
        decide_claim(ledger, summit(ledger), attribute, value, None, "settled", BY)  # type: ignore[arg-type]
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("called", {"events": ("water parley",)}), ("of its kind", {"kinds": ("talks",)}),
        ("as it was read", {"kinds": ("meeting",)}),
    )  # fmt: skip
    for name, conditions in asked:
        add_rule(ledger, Rule(name=name, attributes=("status",), **conditions), NOON)
    more(ledger, STORY[1])
    assert {each.rule for each in evaluate(ledger, NOON)} == {"called", "of its kind"}


def test_a_correction_that_is_taken_back_is_alerted_and_one_made_again_too(ledger: Ledger) -> None:
    more(ledger, STORY[1])
    add_rule(ledger, EVERY, NOON)
    for _ in range(2):
        number = decide_claim(ledger, summit(ledger), "date", "2031-06-17", "2031-06-16", "settled", BY)
        (made,) = evaluate(ledger, NOON)
        assert (made.change.was, made.change.now) == ("2031-06-16", "2031-06-17")
        undone = undo(ledger, number, BY._replace(person="Ben"))
        (back,) = evaluate(ledger, NOON)
        told_back = (back.change.what, back.change.was, back.change.now, back.change.person)
        assert told_back == ("corrected", "2031-06-17", "2031-06-16", "Ben")
    undo(ledger, undone, BY)
    (again,) = evaluate(ledger, NOON)
    assert (again.change.now, again.change.person) == ("2031-06-17", BY.person)
    number = decide_claim(ledger, summit(ledger), "venue", "Ostrev", "Kestron", "settled", BY)
    undo(ledger, number, BY)
    assert evaluate(ledger, NOON) == [], "what came and went between two looks is no change"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(name="a/b"), "letters, digits"),
        (Rule(name=""), "letters, digits"),
        (Rule(name="x", events=("E0123456789",)), "onrecord events WORDS"),
        (Rule(name="x", who=(" – ",)), "names nothing"),
        (Rule(name="x", kinds=("picnic",)), "there are"),
        (Rule(name="x", statuses=("called off",)), "cancelled"),  # type: ignore[arg-type]
        (Rule(name="x", statuses=("cancelled",), attributes=("date",)), "leave one"),
        (Rule(name="x", to=("alerts.example",)), "https://"),
        (Rule(name="x", to=("http://alerts.example/",)), "--allow-private"),
        (Rule(name="x", to=("https://me:word@alerts.example/",)), "no password"),
        (Rule(name="x", to=("https://alerts.example:port/",)), "no web address"),
        (Rule(name="x", to=("https://a\r\nX: y",)), "a target is"),
        (Rule(name="x", to=("https://alerts.example/\udcff",)), "a target is"),
        (Rule(name="x", to=("mailto://me:word@mail.example/\udcff",)), "a target is"),
        (Rule(name="x", to=("https://alerts.example/<img>",)), "no web address"),
        (Rule(name="x", to=("mailto:me:word@mail.example",)), "a target is"),
        (Rule(name="x", address="desk.example"), "https://desk.example"),
        (Rule(name="x", address='https://desk.example/"><img/src=x>'), "https://desk.example"),
        (Rule(name="x", to=tuple(f"https://a.example/{n}" for n in range(11))), "at most"),
    ],
)
def test_rules_that_can_not_be(ledger: Ledger, rule: Rule, said: str) -> None:
    with pytest.raises(Refused) as refused:
        add_rule(ledger, rule, NOON)
    assert said in str(refused.value) and "me:word" not in str(refused.value) and rules(ledger) == []


def test_the_passage_of_an_alert_is_of_the_text_that_told_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (
        telling("2031-04-10", text, "summit", "scheduled", *BOTH, ("date", "2031-06-16", "settled"), name="one")
        for text in ("Dalgard meets Velik at a summit.", "Correction: Dalgard meets Velik at a summit.")
    )
    add_rule(ledger, Rule(name="date", attributes=("date",)), NOON)
    editions = []
    for given, reading in (first, second):
        monkeypatch.setattr("onrecord.reading.read_many", lambda sources, read=reading: [read for _ in sources])
        more(ledger, (given, reading))
        evaluate(ledger, NOON)
        editions.append(alerts(ledger)[0].edition)
    (alerted,) = alerts(ledger)
    told_of = alerted.change.told
    assert told_of is not None and told_of.version is not None
    assert editions == [told_of.version] * 2, "what tells the text is known before another comes in"
    (digest,) = ledger.connection.execute(
        "SELECT hex(digest) FROM documents WHERE id = ?", (alerted.document,)
    ).fetchone()
    assert digest.lower().startswith(told_of.version)


def test_rules_are_listed_and_removed(ledger: Ledger) -> None:
    made = add_rule(ledger, replace(EVERY, to=(HOOK, "mailto://me:word@mail.example")), NOON)
    assert [str(each.secret)[:6] for each in made.targets] == ["whsec_", "None"]
    assert [each.shown for each in made.targets] == ["https://alerts.example…", "mailto://…"]
    add_rule(ledger, Rule(name="Bridges"), NOON)
    with pytest.raises(Refused, match="already"):
        add_rule(ledger, Rule(name="EVERY"), NOON)
    assert [each.rule.name for each in rules(ledger)] == ["Bridges", "every"] and rule_named(ledger, "Every") == rules(
        ledger
    )[1]
    more(ledger, STORY[1])
    evaluate(ledger, NOON)
    assert rules(ledger)[1].targets[0].waiting == 1
    taken = take(ledger, NOON)
    assert taken is not None and remove_rule(ledger, " every ", NOON) and not remove_rule(ledger, "every", NOON)
    failed(ledger, taken, NOON, "too late")
    assert take(ledger, NOON) is None and {each.rule for each in alerts(ledger)} == {"Bridges"}


def test_a_message_is_one_senders_at_a_time_and_keeps_its_id(ledger: Ledger) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1])
    evaluate(ledger, NOON)
    first = take(ledger, NOON)
    assert first is not None and len(first.alerts) == 3 and first.target.secret and first.rule.name == "every"
    with open_ledger(ledger.path) as other:
        assert take(other, NOON) is None and waiting(other, NOON) == 0
        again = take(other, NOON + outbox.LEASE)
    assert again == first, "whoever took it first has told nothing"
    delivered(ledger, first, NOON)
    assert take(ledger, NOON + timedelta(days=30)) is None
    assert {(each.sent, each.waiting) for each in alerts(ledger)} == {(1, 0)}
    assert rules(ledger)[0].targets[0].succeeded == NOON.isoformat()


def test_a_target_that_fails_is_asked_less_often_and_its_messages_given_up_in_the_end(ledger: Ledger) -> None:
    add_rule(ledger, replace(EVERY, to=(HOOK, OTHER_HOOK)), NOON)
    more(ledger, STORY[1], STORY[5])
    evaluate(ledger, NOON)
    now, tries, ids = NOON, [], set()
    assert waiting(ledger, NOON) == 4
    while now < NOON + timedelta(days=4):
        while (message := take(ledger, now)) is not None:
            if message.target.address == OTHER_HOOK:
                delivered(ledger, message, now)
            else:
                tries.append(now - NOON)
                ids.add(message.message)
                failed(ledger, message, now, "the server answers 503")
        now += timedelta(seconds=30)
    assert tries[:5] == [timedelta(seconds=30) * n for n in (0, 1, 3, 7, 15)] and len(ids) == 1 and len(tries) < 25
    assert tries[-1] > outbox.GIVEN_UP
    dead, well = rules(ledger)[0].targets
    assert (dead.failures, dead.error, dead.waiting, dead.given_up) == (len(tries), "the server answers 503", 0, 2)
    assert (well.failures, well.error, well.waiting, well.given_up) == (0, None, 0, 0)
    assert {(each.sent, each.given_up) for each in alerts(ledger)} == {(1, 1)}


@pytest.mark.parametrize(
    ("digest", "due"),
    [("hourly", NOON + timedelta(hours=1)), ("daily", NOON.replace(day=2, hour=6))],
)
def test_a_digest_is_one_message(ledger: Ledger, digest: Any, due: datetime) -> None:
    add_rule(ledger, replace(EVERY, digest=digest), NOON)
    for at, each in enumerate((STORY[1], STORY[5], STORY[2])):
        more(ledger, each)
        evaluate(ledger, NOON + at * MINUTE)
    assert take(ledger, due - MINUTE) is None
    message = take(ledger, due)
    assert message is not None and len(message.alerts) == len(alerts(ledger)) > 5
    delivered(ledger, message, due)
    assert take(ledger, due) is None
    more(ledger, STORY[3])
    evaluate(ledger, due)
    assert waiting(ledger, due) == 0 and rules(ledger)[0].targets[0].waiting == 1


def test_what_nobody_was_there_to_send_is_not_given_up_at_the_first_failure(ledger: Ledger) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1])
    evaluate(ledger, NOON)
    after = NOON + outbox.GIVEN_UP * 2
    first = take(ledger, after)
    assert first is not None
    failed(ledger, first, after, "the network is not up yet")
    assert (rules(ledger)[0].targets[0].given_up, rules(ledger)[0].targets[0].waiting) == (0, 1)
    assert take(ledger, after + outbox.FIRST_WAIT) == first


def test_a_digest_that_somebody_sends_takes_in_no_more(ledger: Ledger) -> None:
    add_rule(ledger, replace(EVERY, digest="hourly"), NOON)
    more(ledger, STORY[1])
    evaluate(ledger, NOON)
    due = NOON + timedelta(hours=1)
    first = take(ledger, due)
    more(ledger, STORY[5])
    late = evaluate(ledger, due - MINUTE)  # whoever looks has looked at the clock before
    assert first is not None and late
    delivered(ledger, first, due)
    second = take(ledger, due)
    assert second is not None and second.message != first.message
    assert [each.number for each in second.alerts] == [each.number for each in late]


def test_targets_take_turns(ledger: Ledger) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1], STORY[5])
    evaluate(ledger, NOON)
    add_rule(ledger, Rule(name="other", to=(OTHER_HOOK,)), NOON)
    more(ledger, STORY[2])
    evaluate(ledger, NOON)
    order = []
    for second in range(1, 9):
        now = NOON + timedelta(seconds=second)
        if (message := take(ledger, now)) is not None:
            order.append(message.target.address)
            delivered(ledger, message, now)
    assert len(order) == 4 and order.index(OTHER_HOOK) == 1, "the second message, though found behind three"


def test_a_trial_takes_no_message_out_of_a_senders_hands(ledger: Ledger) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1])
    evaluate(ledger, NOON)
    assert take(ledger, NOON) is not None
    reached(ledger, "every", HOOK, NOON)
    assert take(ledger, NOON + MINUTE) is None


def test_very_many_at_once_come_in_one_message(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "SEPARATE", 1)
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1], STORY[5])
    evaluate(ledger, NOON)
    message = take(ledger, NOON)
    assert message is not None and len({each.change.event for each in message.alerts}) == 2


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("step", range(8))
def test_a_program_that_ends_between_any_two_steps_loses_nothing(ledger: Ledger, step: int) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1])

    class Ending:
        """A connection that ends the program before one of its writes."""

        def __init__(self, plain: sqlite3.Connection) -> None:
            self.plain, self.writes = plain, 0

        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            if sql.startswith(("INSERT", "UPDATE", "COMMIT")):
                if self.writes == step:
                    raise Killed
                self.writes += 1
            return self.plain.execute(sql, *given)

        def executemany(self, sql: str, given: Any) -> sqlite3.Cursor:
            if self.writes == step:
                raise Killed
            self.writes += 1
            return self.plain.executemany(sql, given)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.plain, name)

    plain, ledger.connection = ledger.connection, Ending(ledger.connection)  # type: ignore[assignment]
    ended = False
    try:
        evaluate(ledger, NOON)
    except Killed:
        ended = True
    assert ended == (step < 7), "all steps of the transaction are among these"
    plain.close()
    with open_ledger(ledger.path) as again:
        evaluate(again, NOON)
        assert len(alerts(again)) == 3 and waiting(again, NOON) == 1


def test_two_programs_that_look_at_once_alert_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1])
    found = changing.changed_by

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr("onrecord.ledger.alerting.changed_by", found)
        with open_ledger(ledger.path) as other:
            assert len(evaluate(other, NOON)) == 3
        return found(*given)

    monkeypatch.setattr("onrecord.ledger.alerting.changed_by", meanwhile)
    assert evaluate(ledger, NOON) == [] and len(alerts(ledger)) == 3 and waiting(ledger, NOON) == 1


def test_what_is_not_put_in_its_place_yet_is_alerted_the_next_time(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1])
    with ledger.writing() as connection:
        connection.execute("INSERT INTO unthreaded VALUES ('2031-04-10')")
    with monkeypatch.context() as while_it_is_written_to:
        while_it_is_written_to.setattr("onrecord.ledger.alerting.bring_together", lambda _: None)
        assert evaluate(ledger, NOON) == []
    assert len(evaluate(ledger, NOON)) == 3


@pytest.mark.parametrize("few", [1, 8])
def test_very_many_documents_are_taken_in_steps(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", few)
    add_rule(ledger, Rule(name="steps", attributes=("status", "date")), NOON)
    more(ledger, STORY[1], STORY[2], STORY[3], STORY[4])
    monkeypatch.setattr("onrecord.ledger.alerting.AT_MOST", 1)
    steps = []
    while behind(ledger):
        steps.append([each.change.now for each in evaluate(ledger, NOON)])
    assert steps == [
        ["scheduled", "2031-06-16 (settled)"], ["postponed", "none (open)"], ["scheduled", "2031-07-01 (settled)"],
        ["occurred"],
    ]  # fmt: skip


def test_what_was_told_too_faintly_to_be_an_event_is_new_with_the_next(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, reading = telling("2031-04-12", "Dalgard will meet Ruhl at a summit.", "summit", "planned",
                             ("participant", "Ana Dalgard", "settled"), ("participant", "Ida Ruhl", "settled"),
                             name="faintly")  # fmt: skip
    known = {given.id: replace(reading, events=(), faint=reading.events), STORY[5][0].id: STORY[5][1]}
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: (known[each.id] for each in sources))
    add_rule(ledger, Rule(name="new", statuses=("planned",)), NOON)
    more(ledger, (given, reading))
    assert evaluate(ledger, NOON) == []
    more(ledger, STORY[5])
    assert facts(evaluate(ledger, NOON)) == [("new", "status", "new", "planned")]
    assert ledger.connection.execute(
        "SELECT max(c) FROM (SELECT count(*) c FROM threads GROUP BY thread)"
    ).fetchone() == (2,)


def test_what_is_told_by_the_way_is_kept_and_nobody_is_alerted(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Dalgard spoke to farmers. The state is to open three hospitals."
    given, reading = telling("2031-04-12", text, "open", "planned", name="aside")
    halves = text.index(" The state")
    blocks = tuple(Block(kind="paragraph", span=span, source=()) for span in ((0, halves), (halves + 1, len(text))))
    events = (replace(reading.events[0], kind="other", claims=()),)
    reading = replace(reading, document=replace(reading.document, blocks=blocks), events=events)
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: (reading for _ in sources))
    add_rule(ledger, EVERY, NOON)
    more(ledger, (given, reading))
    assert evaluate(ledger, NOON) == []
    [(thread,)] = ledger.connection.execute(
        "SELECT t.thread FROM threads t JOIN events e ON e.id = t.event WHERE e.day = '2031-04-12'"
    )
    assert event(ledger, thread) is not None


def test_nothing_is_looked_at_where_nothing_is_new(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(_: Ledger) -> None:
        raise AssertionError

    monkeypatch.setattr("onrecord.ledger.alerting.bring_together", looked)
    assert evaluate(ledger, NOON) == []
    add_rule(ledger, EVERY, NOON)
    assert evaluate(ledger, NOON) == []


def test_a_ledger_that_can_not_be_written_to(ledger: Ledger) -> None:
    add_rule(ledger, EVERY, NOON)
    more(ledger, STORY[1])
    ledger.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(LedgerError, match="can't be written to"):
        evaluate(ledger, NOON)
