"""HTTP Negotiate (RFC 4559): the ticket in a request's header, and what is answered to it."""

import base64
import binascii

from starlette.requests import HTTPConnection

from tws.web.errors import Problem

SCHEME = "Negotiate"
ANSWER = "tws.negotiated"
"In the scope of a request: what its answer must tell whoever showed a ticket."
LONGEST = 96 * 1024
"Characters."


def shows_ticket(connection: HTTPConnection) -> bool:
    scheme, _, _ = connection.headers.get("authorization", "").partition(" ")
    return scheme.lower() == SCHEME.lower()


def ticket_of(connection: HTTPConnection) -> bytes | None:
    """None: there is none."""
    if not shows_ticket(connection):
        return None
    _, _, shown = connection.headers["authorization"].partition(" ")
    if len(shown) > LONGEST:
        raise Problem("tooLarge", f"A ticket has at most {LONGEST} characters.")
    try:
        return base64.b64decode(shown.strip(), validate=True)
    except binascii.Error:
        raise Problem(
            "loginRefused", "The ticket is not in base64.", why="ticketRefused"
        ) from None


def told(connection: HTTPConnection, answer: bytes = b"") -> None:
    """In the header of the answer: what proves who we are; nothing asks for a ticket."""
    connection.scope[ANSWER] = f"{SCHEME} {base64.b64encode(answer).decode()}".strip().encode()
