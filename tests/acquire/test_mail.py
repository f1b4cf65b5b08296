"""Press mailings: single messages and mailboxes, with who sent them, when, and under which id."""

from __future__ import annotations

import gzip
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from onrecord.acquire import bounded, open_paths
from onrecord.acquire.mail import is_mailbox, is_message, read_message
from onrecord.errors import UnreadableInput
from onrecord.nouns import Provenance, Source
from onrecord.reading import read

WORDS = (
    "The summit of Ostrev will be held on 22 May in Port Selm, the press secretary, Mara Lindqvist, said on Tuesday.\n"
    "\n"
    "“Both sides have confirmed,” she told reporters at the daily briefing of the presidential office.\n"
)


def message(text: str | None = WORDS, page: str | None = None, **headers: str) -> bytes:
    made = EmailMessage()
    given = {
        "From": "Büro des Präsidenten <press@ostrev.example>", "To": "desk@courier.example",
        "Subject": "Gipfel: 22. Mai", "Date": "Tue, 15 Apr 2031 18:30:00 +0300", "Message-ID": "<m1@ostrev.example>",
    }  # fmt: skip
    for name, value in {**given, **headers}.items():
        made[name] = value
    if text is not None:
        made.set_content(text)
    if page is not None:
        (made.add_alternative if text is not None else made.set_content)(page, subtype="html")
    return made.as_bytes()


def only(path: Path) -> Source:
    (found,) = open_paths([str(path)])
    assert isinstance(found, Source), found
    return found


@pytest.mark.parametrize("name", ["a.eml", "a", "a.txt", "a.eml.gz"])
def test_message(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(message()) if name.endswith("gz") else message())
    found = only(path)
    assert found.raw.decode().replace("\r\n", "\n") == WORDS
    assert (found.title, found.outlet, found.media) == ("Gipfel: 22. Mai", "Büro des Präsidenten", "text")
    assert (found.published, found.charset) == ("2031-04-15T18:30:00+03:00", "utf-8")
    assert found.provenance == Provenance(by="mail", record="m1@ostrev.example")


def test_reading_of_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(message())
    reading = read(only(path))
    assert reading.document.published is not None and reading.document.published.detail == "Date of the mail"
    quoted = [each.content[0] for each in reading.statements if each.form == "direct"]
    assert [reading.document.text[slice(*span)] for span in quoted] == ["“Both sides have confirmed,”"]


def test_text_goes_before_html_unless_it_has_nothing_to_say() -> None:
    page = f"<p>{WORDS}</p>"
    assert read_message(message(page=page), "a").media == "text"
    assert read_message(message("View this mail in your browser.", page), "a").media == "html"
    assert read_message(message(None, page), "a").media == "html"
    assert read_message(message("It is off."), "a").raw.strip() == b"It is off."


def test_attachments_are_not_read() -> None:
    made = EmailMessage()
    made["Message-ID"] = "<a@b>"
    made.add_attachment("Velmark will sign.", filename="statement.txt")
    with pytest.raises(UnreadableInput, match="no text and no HTML"):
        read_message(made.as_bytes(), "a")


@pytest.mark.parametrize("date", ["some day", "Tue, 45 Apr 2031 18:30:00 +0300", ""])
def test_date_that_is_none_is_kept_as_it_is(date: str) -> None:
    assert read_message(message().replace(b"Tue, 15 Apr 2031 18:30:00 +0300", date.encode()), "a").published == (
        date or None
    )


def test_headers_that_are_broken() -> None:
    raw = message().replace(b"Subject: ", b"Subject: =?lost?b?xx?= ").replace(b"utf-8", b"lost-8")
    assert "=?lost?b?xx?=" in str(read_message(raw, "a").title)


@pytest.mark.parametrize("name", ["a.mbox", "a", "a.mbox.gz"])
def test_mailbox(name: str, tmp_path: Path) -> None:
    texts = [
        WORDS,
        "From Ostrev, 2031 on, talks are held.\n\nFrom the palace in 2031.\nMore of it.\n\nFrom x 2031\n",
        WORDS,
    ]
    box = b"".join(
        b"From press@ostrev.example Tue Apr 15 18:30:00 2031\n"
        + message(text, **{"Message-ID": f"<{n}@o>"}).replace(b"\nFrom Ostrev", b"\n>From Ostrev")
        + b"\n"
        for n, text in enumerate(texts)
    )
    path = tmp_path / name
    path.write_bytes(gzip.compress(box) if name.endswith("gz") else box)
    found = list(open_paths([str(path)]))
    assert [each.path for each in found if isinstance(each, Source)] == [f"{path}:{n}" for n in (1, 2, 3)]
    assert [each.provenance.record for each in found if isinstance(each, Source) and each.provenance] == [
        "0@o",
        "1@o",
        "2@o",
    ]
    second = found[1]
    assert isinstance(second, Source) and second.raw.decode().replace("\r\n", "\n").strip() == texts[1].strip()


def test_a_message_without_text_is_told_by_its_number(tmp_path: Path) -> None:
    box = b"".join(
        b"From a@b Tue Apr 15 18:30:00 2031\n" + each + b"\n" for each in (message(), message(" "), message())
    )
    path = tmp_path / "a.mbox"
    path.write_bytes(box)
    found = list(open_paths([str(path)]))
    assert isinstance(found[1], UnreadableInput) and found[1].where == f"{path}:2" and len(found) == 3


def test_a_message_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.acquire.mail.LIMIT", 10_000)
    assert bounded.LIMIT > 10_000
    long = message().replace(WORDS[:20].encode(), b"Talks.\n" * 5_000 + WORDS[:20].encode())
    box = b"".join(b"From a@b Tue Apr 15 18:30:00 2031\n" + each + b"\n" for each in (message(), long, message()))
    path = tmp_path / "a.mbox"
    path.write_bytes(box)
    found = list(open_paths([str(path)]))
    assert [type(each) for each in found] == [Source, UnreadableInput, Source]


@pytest.mark.parametrize(
    ("first", "message_is", "mailbox_is"),
    [
        (message(), True, False),
        (b"From a@b Tue Apr 15 18:30:00 2031\nReceived: x\n\nText", False, True),
        (b"From Ostrev in 2031\nTalks are off.\n", False, False),
        (b"To: the desk\nFrom: Ostrev\n\nTalks are off.\n", False, False),
        (b"Talks are off.\nMessage-ID: none\n", False, False),
        (b"From: <Saved by Blink>\nSnapshot-Content-Location: https://c.example\nMessage-ID: <1>\n\n", False, False),
    ],
)
def test_mail_is_known_by_its_head(first: bytes, message_is: bool, mailbox_is: bool) -> None:
    assert (is_message(first), is_mailbox(first)) == (message_is, mailbox_is)


@pytest.mark.parametrize(
    "raw",
    [
        b"Message-ID: <1>\nContent-Type: text/plain;" + b"a=b;" * 200_000 + b"\n\nText",
        b"Message-ID: <1>\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3_000,
        b"Message-ID: <1>\nSubject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nText",
    ],
)
def test_hostile_messages_take_no_time(raw: bytes) -> None:
    started = time.process_time()
    try:
        assert read_message(raw, "a").raw
    except UnreadableInput as problem:
        assert "message" in problem.reason
    assert time.process_time() - started < 3
