"""Mails given to a real mail server: encrypted or not, with an account or without, refused."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.mail.certificates import made
from tests.mail.server import Post, post_office
from tests.mail.test_writing import NOON
from tws.connectors import smtp
from tws.mail.model import MailServer, Security
from tws.mail.transport import RecipientRefused
from tws.mail.writing import message
from tws.sources.errors import ConnectorError, Misconfigured, Refused, SignInRefused, Unreachable

TO = "ada@company.example"
MAIL = message(
    sender="tws@company.example", to=TO, subject="Test", text="Hello\n.\n", at=NOON, id="1"
)


def server(post: Post, **other: object) -> MailServer:
    plain = MailServer(
        host="127.0.0.1",
        port=post.port,
        security=Security.AUTO,
        username="",
        password="",
        sender="tws@company.example",
    )
    return replace(plain, **other)


async def fails(kind: type[ConnectorError], of: MailServer, words: str) -> None:
    with pytest.raises(ConnectorError) as failed:
        await smtp.send(of, TO, MAIL)
    assert type(failed.value) is kind, failed.value
    assert words in str(failed.value)
    assert "right" not in str(failed.value) and "wrong" not in str(failed.value)


async def test_a_server_that_asks_for_nothing_takes_it() -> None:
    async with post_office() as post:
        await smtp.send(server(post), TO, MAIL)
        assert post.to == [TO] and post.mails[0].get_content().splitlines() == ["Hello", "."]
        assert post.encrypted == [False]
        await fails(Misconfigured, server(post, security=Security.STARTTLS), "no STARTTLS")


async def test_what_can_be_encrypted_is(tmp_path: Path) -> None:
    async with post_office(made(tmp_path)) as post:
        await smtp.send(server(post), TO, MAIL)
        await smtp.send(server(post, ca_file=tmp_path / "mail.pem"), TO, MAIL)
        await fails(Misconfigured, server(post, security=Security.STARTTLS), "not trusted")
        lost = server(post, ca_file=tmp_path / "none.pem")
        await fails(Misconfigured, lost, "none.pem cannot be read")
        assert post.encrypted == [True, True]


async def test_a_password_goes_encrypted_to_whom_one_knows(tmp_path: Path) -> None:
    pem, key = made(tmp_path)
    async with post_office((pem, key), accounts=True) as post:
        known = server(post, username="tws", password="right", ca_file=pem)
        await fails(Misconfigured, replace(known, ca_file=None), "not trusted")
        assert post.accounts == []
        await smtp.send(known, TO, MAIL)
        await fails(SignInRefused, replace(known, password="wrong"), "account tws")
        await fails(Refused, server(post, ca_file=pem), "uthentication required")
        assert post.encrypted == [True] and post.accounts[0] == ("tws", "right")


async def test_a_password_goes_nowhere_in_clear_unless_asked_for() -> None:
    async with post_office(accounts=True) as post:
        account = server(post, username="tws", password="right")
        await fails(Misconfigured, account, "offers no encryption")
        assert post.accounts == []
        await smtp.send(replace(account, security=Security.NONE), TO, MAIL)
        assert post.encrypted == [False]


async def test_tls_from_the_beginning(tmp_path: Path) -> None:
    pem, key = made(tmp_path)
    async with post_office((pem, key), smtps=True) as post:
        await smtp.send(server(post, security=Security.SMTPS, ca_file=pem), TO, MAIL)
        assert post.encrypted == [True]
    async with post_office() as post:
        plain = server(post, security=Security.SMTPS, ca_file=pem)
        await fails(Misconfigured, plain, "speaks no TLS")


async def test_a_recipient_may_be_refused_for_good_or_for_now() -> None:
    async with post_office() as post:
        post.refused[TO] = "550 No such person"
        await fails(RecipientRefused, server(post), "No such person")
        post.refused[TO] = "450 Mailbox busy"
        await fails(Unreachable, server(post), "Mailbox busy")


async def test_a_server_that_is_away_or_says_nothing(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port_factory: Callable[[], int]
) -> None:
    async with post_office() as post:
        await fails(Unreachable, server(post, port=unused_tcp_port_factory()), "No mail can be")
        monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
        post.stalls = True
        async with asyncio.timeout(20):
            await fails(Unreachable, server(post), "does not answer")
