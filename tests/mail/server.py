"""A mail server (aiosmtpd), as strict as a test asks for."""

import asyncio
import contextlib
import ssl
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Post:
    """What arrived, and how the server behaves."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    accounts: list[tuple[str, str]] = field(default_factory=list)
    "With which somebody signed in."
    refused: dict[str, str] = field(default_factory=dict)
    "What is answered to a recipient."
    stalls: bool = False
    "It takes the connection, and says nothing."
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def arrived(self, number: int) -> list[EmailMessage]:
        """Until so many mails came."""
        async with asyncio.timeout(20), self.came:
            await self.came.wait_for(lambda: len(self.mails) >= number)
        return self.mails

    # ------------------------------------------------------------ called by the server

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        if to in self.refused:
            return self.refused[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        read = message_from_bytes(content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        async with self.came:
            self.mails.append(read)
            self.to += [str(one) for one in envelope.rcpt_tos]
            carrier = server.transport
            assert carrier is not None
            self.encrypted.append(carrier.get_extra_info("sslcontext") is not None)
            self.came.notify_all()
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.accounts.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right", handled=False)


@contextlib.asynccontextmanager
async def post_office(
    certificate: tuple[Path, Path] | None = None,
    *,
    accounts: bool = False,
    smtps: bool = False,
    port: int = 0,
) -> AsyncIterator[Post]:
    """`certificate`: its file and its key, for STARTTLS, or from the beginning (`smtps`)."""
    post = Post()
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
    made: list[Any] = []

    def protocol() -> asyncio.Protocol:
        if post.stalls:
            return asyncio.Protocol()
        with warnings.catch_warnings(action="ignore"):  # of accounts without TLS
            server = SMTP(
                post,
                hostname="mail.example",
                tls_context=None if smtps else context,
                auth_required=accounts,
                auth_require_tls=False,
                authenticator=post.authenticate if accounts else None,
                loop=asyncio.get_running_loop(),
            )
        made.append(server)
        return server

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", port, ssl=context if smtps else None)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()
        for one in made:
            if one.transport is not None:
                one.transport.abort()
            if one._handler_coroutine is not None:
                one._handler_coroutine.cancel()
                await asyncio.wait([one._handler_coroutine])
