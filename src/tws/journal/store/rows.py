"""A leg as a row, and a row as a leg."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tws.directory.text import folded
from tws.journal.model import Leg, Outcome
from tws.journal.store.tables import MOST_FOLDED
from tws.numbering import Reading
from tws.telephony.model import Direction, Party, Via


def row_of(of: Leg, reading: Reading | None) -> dict[str, object]:
    return {
        "id": of.id,
        "epoch": of.epoch,
        "revision": of.revision,
        "link": of.link,
        "call": of.call,
        "device": of.device,
        "thread": of.thread,
        "company": of.company,
        "domain": of.domain,
        "user": of.user,
        "device_row": of.device_row,
        "direction": of.direction.value,
        "number": of.number,
        "heard": of.heard,
        "name": of.name,
        "contact": of.contact,
        "red": of.red,
        "restricted": of.restricted,
        "peer": of.peer,
        "queue_number": of.queue.number if of.queue else None,
        "queue_name": of.queue.name if of.queue else None,
        "via_cause": of.via.cause if of.via else None,
        "via_number": of.via.by.number if of.via else None,
        "via_name": of.via.by.name if of.via else None,
        "other_number": of.other.number if of.other else None,
        "other_name": of.other.name if of.other else None,
        "created": of.created,
        "alerted": of.alerted,
        "answered": of.answered,
        "ended": of.ended,
        "last_seen": of.last_seen,
        "outcome": of.outcome.value if of.outcome else None,
        "cause": of.cause,
        "late": of.late,
        "gap": of.gap,
        "folded": _searched(of, reading) if of.ended else "",
    }


def _searched(of: Leg, reading: Reading | None) -> str:
    """What a log is searched by; legs that go on are in none yet."""
    texts = (
        of.name,
        of.queue.name if of.queue else None,
        of.via.by.name if of.via else None,
        of.other.name if of.other else None,
        # By parts of a number one would find out what is hidden.
        None if of.red else reading.digits if reading else of.number,
    )
    whole = "".join(_folded(text) for text in texts if text)
    if 4 * len(whole) <= MOST_FOLDED:
        return whole
    return whole.encode()[:MOST_FOLDED].decode(errors="ignore")


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    """The same names and numbers come again and again."""
    return folded((text,))


def leg_of(row: Mapping[Any, Any]) -> Leg:
    return Leg(
        id=row["id"],
        epoch=row["epoch"],
        revision=row["revision"],
        link=row["link"],
        call=row["call"],
        device=row["device"],
        thread=row["thread"],
        company=row["company"],
        domain=row["domain"],
        user=row["user"],
        device_row=row["device_row"],
        direction=Direction(row["direction"]),
        number=row["number"],
        heard=row["heard"],
        name=row["name"],
        contact=row["contact"],
        red=row["red"],
        restricted=row["restricted"],
        peer=row["peer"],
        queue=_party(row["queue_number"], row["queue_name"]),
        via=Via(row["via_cause"], Party(row["via_number"], row["via_name"]))
        if row["via_cause"] is not None
        else None,
        other=_party(row["other_number"], row["other_name"]),
        created=row["created"],
        alerted=row["alerted"],
        answered=row["answered"],
        ended=row["ended"],
        last_seen=row["last_seen"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        cause=row["cause"],
        late=row["late"],
        gap=row["gap"],
    )


def _party(number: str | None, name: str | None) -> Party | None:
    return None if number is None and name is None else Party(number, name)
