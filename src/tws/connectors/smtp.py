"""Mail servers (RFC 5321), by aiosmtplib: one connection for each mail."""

import asyncio
import ssl

import aiosmtplib
from aiosmtplib import SMTP

from tws.mail.model import MailServer, Security
from tws.mail.transport import RecipientRefused
from tws.net.encryption import strict
from tws.sentences import Sentence, sentence
from tws.sources.clear import refuse_clear
from tws.sources.errors import Misconfigured, Refused, SignInRefused, Unreachable

TIMEOUT, WHOLE = 20.0, 60.0
"Seconds for each answer, and for a mail."
PERMANENT = 500


async def send(server: MailServer, to: str, message: bytes) -> None:
    """As `tws.mail.transport.Transport`."""
    host, port = server.host, server.port
    try:
        async with asyncio.timeout(WHOLE):
            await _send(server, to, message)
    except aiosmtplib.SMTPAuthenticationError as error:
        raise SignInRefused(
            "{host} does not take the account {account}: {said}",
            host=host,
            account=server.username,
            said=_said(error),
        ) from error
    except aiosmtplib.SMTPRecipientsRefused as error:
        refused = error.recipients[0]
        if refused.code >= PERMANENT:
            raise RecipientRefused(
                "{host} takes no mail for {to}: {said}",
                host=host,
                to=to,
                said=_said(refused),
            ) from error
        raise Unreachable(
            "{host} takes no mail for {to} now: {said}",
            host=host,
            to=to,
            said=_said(refused),
        ) from error
    except aiosmtplib.SMTPSenderRefused as error:
        raise Refused(
            "{host} takes no mail from {sender}: {said}",
            host=host,
            sender=server.sender,
            said=_said(error),
        ) from error
    except aiosmtplib.SMTPDataError as error:
        kind = RecipientRefused if error.code >= PERMANENT else Unreachable
        raise kind(
            "{host} does not take the mail: {said}", host=host, said=_said(error)
        ) from error
    except ssl.SSLError as error:
        raise Misconfigured(_certificate(server, error)) from error
    except (TimeoutError, aiosmtplib.SMTPTimeoutError) as error:
        raise Unreachable(
            "{host} does not answer at port {port} in time.", host=host, port=port
        ) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        if isinstance(error.__cause__, ssl.SSLError):
            raise Misconfigured(_certificate(server, error.__cause__)) from error
        raise Unreachable(
            "No mail can be given to {host} at port {port}: {said}",
            host=host,
            port=port,
            said=_said(error),
        ) from error


async def _send(server: MailServer, to: str, message: bytes) -> None:
    context = _context(server)
    smtps = server.security is Security.SMTPS
    known = context.verify_mode is ssl.CERT_REQUIRED
    if server.security is Security.NONE:
        refuse_clear(server.host, server.port)
    client = SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=smtps,
        start_tls=False,
        tls_context=context if smtps else None,
        timeout=TIMEOUT,
    )
    async with client:
        await client.ehlo()
        protected = smtps
        if server.security in (Security.AUTO, Security.STARTTLS):
            protected = client.supports_extension("starttls")
            if protected:
                await client.starttls(tls_context=context, server_hostname=server.host)
                await client.ehlo()
            elif server.security is Security.STARTTLS:
                raise Misconfigured("{host} offers no STARTTLS.", host=server.host)
        refuse_clear(server.host, server.port, encrypted=protected, verified=known)
        if server.username:
            await _sign_in(client, server, protected)
        await client.sendmail(server.sender, [to], message)


async def _sign_in(client: SMTP, server: MailServer, protected: bool) -> None:
    if not protected and server.security is not Security.NONE:
        raise Misconfigured(
            "{host} offers no encryption: the password is not sent in clear text.",
            host=server.host,
        )
    if not client.supports_extension("auth"):
        raise Misconfigured("{host} asks for no account: leave it empty.", host=server.host)
    await client.login(server.username, server.password)


def _context(server: MailServer) -> ssl.SSLContext:
    """Whom a password is told is known by a certificate. Without one, in `auto`, what is encrypted
    for whoever it is is still better than what is not (RFC 7435)."""
    try:
        context = ssl.create_default_context()
        if server.ca_file is not None:
            context.load_verify_locations(server.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured(
            "The file of certificates {file} cannot be read.",
            file=server.ca_file.name if server.ca_file else "",
        ) from error
    unknown = server.security is Security.AUTO and not server.username and server.ca_file is None
    if unknown and not strict():
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _certificate(server: MailServer, error: ssl.SSLError) -> Sentence:
    said = getattr(error, "verify_message", "") or error.reason or str(error)
    return sentence(
        "The certificate of {host} is not trusted ({said}), or it speaks no TLS at port {port}.",
        host=server.host,
        port=server.port,
        said=said,
    )


def _said(error: Exception) -> str:
    """What the server says, on one line."""
    words = getattr(error, "message", "") or str(error)
    return " ".join(str(words).split())[:300]
