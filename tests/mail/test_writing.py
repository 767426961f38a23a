"""What is written into a mail cannot become another header, or another mail."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.mail.model import GIVEN_UP, LONGEST, later
from tws.mail.writing import is_address, message

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def written(**other: str) -> EmailMessage:
    given: dict[str, Any] = {
        "sender": "tws@company.example",
        "to": "ada@company.example",
        "subject": "TWS",
        "text": "Text\n",
    }
    data = message(**{**given, **other}, at=NOON, id="1")
    read = message_from_bytes(data, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
]


@given(subject=st.text(max_size=300), text=st.text(max_size=300))
def test_whatever_is_said_there_are_the_same_headers(subject: str, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    subject = subject.encode("utf-8", "ignore").decode()
    mail = written(subject=subject, text=text)
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["To"] == "ada@company.example"


def test_a_line_break_ends_no_header() -> None:
    mail = written(subject="PBX\r\nBcc: eve@evil.example\r\n\r\nHello")
    assert mail["Bcc"] is None
    assert mail["Subject"] == "PBX Bcc: eve@evil.example Hello"


def test_french_arrives_as_it_is() -> None:
    mail = written(subject="TWS : terminé : Été", text="Connexion établie.\nŒuvre\n")
    assert mail["Subject"] == "TWS : terminé : Été"
    assert mail.get_content().splitlines() == ["Connexion établie.", "Œuvre"]
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "@company.example",
        "ada@company.example\r\nRCPT TO:<eve@evil.example>",
        "ada@company.example, eve@evil.example",
        "Ada <ada@company.example>",
        "ada@-company.example",
        ".ada@company.example",
        "ada@" + "a" * 300,
    ],
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(ValueError, match="no address"):
        written(to=address)


def test_tries_come_ever_more_seldom() -> None:
    waits = [later(n) for n in range(1, 200)]
    assert waits == sorted(waits) and waits[-1] == LONGEST < GIVEN_UP
