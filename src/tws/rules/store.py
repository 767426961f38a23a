"""Forwarding rules, and what TWS set in PBXs by them, in SQL."""

from collections.abc import Mapping

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, delete, select

from tws.rules.model import ForwardingRule, Kept, Mark, Place, Presence, Slot, Target
from tws.rules.profile import Profile
from tws.storage import Member, Reader, Transaction, Values, metadata
from tws.storage.rows import Rows
from tws.storage.upserting import upsert
from tws.telephony.model import CallOrigin, ForwardingType

rule = Table(
    "forwarding_rule",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), nullable=False, index=True),
    # They go with their user.
    Column(
        "user",
        String(36),
        ForeignKey("user_account.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("origin", Member(CallOrigin, 10), nullable=False),
    Column("presences", Values(Presence), nullable=False),
    Column("type", Member(ForwardingType, 10), nullable=False),
    Column("destination", String(100), nullable=False),
)
profile = Table(
    "profile",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), nullable=False, index=True),
    # They go with their user.
    Column(
        "user",
        String(36),
        ForeignKey("user_account.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", String(100), nullable=False),
    Column("device", String(36)),
    Column("number", String(100), nullable=False),
    Column("rules", Values(str), nullable=False),
    Column("chosen", Boolean, nullable=False),
)
# No row of a device: what is set in a PBX is there whoever the telephone belongs to.
kept = Table(
    "forwarding_set",
    metadata,
    Column("link", String(36), ForeignKey("link.id", ondelete="CASCADE"), primary_key=True),
    Column("number", String(32), primary_key=True),
    Column("type", Member(ForwardingType, 10), primary_key=True),
    Column("origin", Member(CallOrigin, 10), primary_key=True),
    Column("destination", String(100), nullable=False),
    Column("seconds", Integer),
    Column("mark", Member(Mark, 10), nullable=False),
    Column("before", String(100)),
)
rules = Rows(rule, ForwardingRule)
profiles = Rows(profile, Profile)


async def all_kept(reader: Reader) -> dict[tuple[Place, Slot], Kept]:
    found = (await reader.execute(select(kept))).mappings()
    return {
        (Place(row["link"], row["number"]), Slot(row["type"], row["origin"])): Kept(
            Target(row["destination"], row["seconds"]), row["mark"], row["before"]
        )
        for row in found
    }


async def write_kept(tx: Transaction, place: Place, changes: Mapping[Slot, Kept | None]) -> None:
    """None: nothing is known there any more."""
    for slot, now in changes.items():
        if now is None:
            await tx.execute(
                delete(kept).where(
                    kept.c.link == place.link,
                    kept.c.number == place.number,
                    kept.c.type == slot.type,
                    kept.c.origin == slot.origin,
                )
            )
            continue
        row = {
            "link": place.link,
            "number": place.number,
            "type": slot.type,
            "origin": slot.origin,
            "destination": now.target.destination,
            "seconds": now.target.seconds,
            "mark": now.mark,
            "before": now.before,
        }
        await tx.execute(upsert(kept, [row], ["link", "number", "type", "origin"]))
