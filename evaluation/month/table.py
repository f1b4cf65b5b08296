"""The table of a month: what was told and alerted, and by name each change missed and why, each alert too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evaluation.month.judging import Alerted, Wrong
from evaluation.month.running import Ran
from evaluation.month.script import ZONE, Planned, Script


def table(script: Script, ran: Ran, mistakes: bool = True) -> str:
    """Return the table as text, behind it the lists of ``mistakes``, unless only the sums are wanted."""
    judged = ran.judged
    stories = {each.story for each in script.planned}
    announced = sum(each.turn == 0 for each in script.planned)
    failed = ", ".join(f"{way} {count}" for way, count in sorted(ran.failed.items()))
    each = ran.seconds / max(1, ran.documents)
    rows = (
        ("feeds, with reports", f"{len(script.outlets)}, {len(script.items):,}"),
        ("polls, of which failed", f"{ran.polls:,}, {sum(ran.failed.values())} ({failed})"),
        ("the watch was killed", f"{ran.kills} times"),
        ("documents", f"{ran.documents:,}"),
        ("processor time", f"{ran.seconds:.0f} s, {each:.2f} s a document, polls and starts included"),
        ("planned events", f"{len(stories)}"),
        ("planned changes", f"{len(script.planned)}, of which {announced} are of first reports"),
        ("came within two polls", f"{len(judged.in_time)}, {judged.once} of them once only"),
        ("came later", f"{len(judged.late)}"),
        ("missed", f"{len(judged.missed)}"),
        ("corrected before a poll came", f"{len(judged.gone)}"),
        ("alerts", f"{len(ran.alerts)}"),
        ("of a change alerted before", f"{len(judged.again)}"),
        ("that nobody planned", f"{len(judged.false)}"),
        ("of what the words tell besides", f"{judged.also}"),
        ("messages that came", f"{ran.messages}, {ran.sent_again} of them twice under one id"),
        ("with a wrong signature", f"{ran.unsigned}"),
        ("while the receiver was down", f"{ran.refused}"),
        ("alerts that no message brought", f"{len(ran.undelivered)}"),
        ("that two messages brought", f"{len(ran.twice)}, unknown to the ledger {len(ran.unfound)}"),
    )
    return "\n".join([*(f"{name:32} {value}" for name, value in rows), *(_lists(ran) if mistakes else ()), ""])


def figures(script: Script, ran: Ran) -> dict[str, float]:
    """Return in per cent how many planned changes were alerted as promised, and how many alerts were of one."""
    judged = ran.judged
    planned, alerts = max(1, len(script.planned) - len(judged.gone)), max(1, len(ran.alerts))
    unbrought = len(ran.undelivered) + len(ran.unfound) + len(ran.twice)
    shares = {
        "within two polls": len(judged.in_time) / planned,
        "and once only": judged.once / planned,
        "alerts that somebody planned, each once": 1 - (len(judged.again) + len(judged.false)) / alerts,
        "alerts that one message brought": 1 - unbrought / alerts,
    }
    return {name: round(100 * share, 1) for name, share in shares.items()}


def _lists(ran: Ran) -> Iterator[str]:
    judged = ran.judged
    if judged.missed:
        yield "\nMissed:"
        yield from (f"  {_shown(each.planned)}: {each.why}" for each in judged.missed)
        reasons = Counter(each.why.partition(":")[0] for each in judged.missed)
        yield "  " + ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    if judged.late:
        yield "\nLate:"
        yield from (f"  {_shown(planned)}: {_clock(alert)}" for planned, alert in judged.late)
    for head, wrong in (("Alerted before", judged.again), ("Nobody planned", judged.false)):
        if wrong:
            yield f"\n{head}:"
            yield from map(_alerted, wrong)


def _clock(alert: Alerted) -> str:
    return f"{(alert.came or alert.moment).astimezone(ZONE):%d %H:%M}"


def _shown(planned: Planned) -> str:
    return f"{planned.moment:%d %H:%M} {planned.story}, {planned.attribute} {planned.value}"


def _alerted(wrong: Wrong) -> str:
    alert = wrong.alert
    was = f" (was {alert.was})" if alert.was else ""
    head = f"{_clock(alert)} {wrong.story or 'no story of ours'}"
    words = " ".join(alert.words.split())
    return f"  {head} [{alert.event[:8]}]: {alert.attribute} {alert.what} {alert.now}{was}: {words}"
