"""Who a message comes from, or goes to. A new way of reaching people is a new kind of parties."""

from enum import StrEnum

from msgspec import Struct

from tws.organisation.actor import UserId


class PartyKind(StrEnum):
    USER = "user"
    "A colleague; the id is that of his row."
    CALL = "call"
    "Everybody in one conference call; the id is that of its thread."
    EXTERNAL = "external"
    "Somebody outside, as one user knows him; the id is that of this user's row of him."


class Party(Struct, frozen=True):
    kind: PartyKind
    id: str


def user(id: UserId) -> Party:
    return Party(PartyKind.USER, id)
