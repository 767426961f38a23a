"""HTTP Negotiate (RFC 4559), and NTLM in the same way: what a request's header shows, and what is
answered to it."""

import base64

from starlette.requests import HTTPConnection

from tws.web.errors import Problem

SCHEMES = frozenset({"negotiate", "ntlm"})
ANSWER = "tws.negotiated"
"In the scope of a request: what its answer tells whoever showed a ticket, or is to show one."
LONGEST = 96 * 1024
"Characters."


def scheme_of(connection: HTTPConnection) -> str:
    return connection.headers.get("authorization", "").partition(" ")[0]


def shows_ticket(connection: HTTPConnection) -> bool:
    return scheme_of(connection).lower() in SCHEMES


def ticket_of(connection: HTTPConnection) -> bytes | None:
    """None: there is none."""
    if not shows_ticket(connection):
        return None
    shown = connection.headers["authorization"].partition(" ")[2]
    if len(shown) > LONGEST:
        raise Problem("tooLarge", f"A ticket has at most {LONGEST} characters.")
    try:
        return base64.b64decode(shown.strip(), validate=True)
    except ValueError:  # also of what is not ASCII
        raise Problem(
            "loginRefused", "The ticket is not in base64.", why="ticketRefused"
        ) from None


def came_by(connection: HTTPConnection) -> str:
    """Which connection it is, while it lasts; empty where a proxy stands before it."""
    client = connection.client
    if client is None or not client.port or "x-forwarded-for" in connection.headers:
        return ""
    return f"{client.host} {client.port}"


def asked(connection: HTTPConnection, schemes: tuple[str, ...]) -> None:
    """A ticket is asked for, in one of these schemes."""
    connection.scope[ANSWER] = [scheme.encode() for scheme in schemes]


def told(connection: HTTPConnection, answer: bytes) -> None:
    """In the scheme of the request: what proves who we are, or what is asked next."""
    if answer:
        shown = f"{scheme_of(connection)} {base64.b64encode(answer).decode()}"
        connection.scope[ANSWER] = [shown.encode()]
