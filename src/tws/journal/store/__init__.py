"""The journal's rows in SQL: a leg of a call each, and when a PBX was heard."""

from tws.journal.store.cleaning import (
    Places,
    forget_facts,
    leave_facts,
    logged,
    logged_users,
    uncalled,
)
from tws.journal.store.hearing import WantedGaps, gaps, heard_at, mark_gap, touch
from tws.journal.store.legs import (
    Known,
    forget_company,
    known,
    open_at,
    open_on,
    set_aside,
    write,
)
from tws.journal.store.log import Wanted, entries
from tws.journal.store.tables import fact, gap, heard, leg

__all__ = [
    "Known",
    "Places",
    "Wanted",
    "WantedGaps",
    "entries",
    "fact",
    "forget_company",
    "forget_facts",
    "gap",
    "gaps",
    "heard",
    "heard_at",
    "known",
    "leave_facts",
    "leg",
    "logged",
    "logged_users",
    "mark_gap",
    "open_at",
    "open_on",
    "set_aside",
    "touch",
    "uncalled",
    "write",
]
