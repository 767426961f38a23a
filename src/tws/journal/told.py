"""What whoever tells of calls reads of the journal, in his own transaction."""

from collections.abc import Collection
from datetime import datetime

from tws.journal import store
from tws.journal.model import Leg, VoiceNotice
from tws.organisation.actor import CompanyId
from tws.storage import Reader
from tws.telephony.model import ThreadId


async def legs_of(
    reader: Reader, company: CompanyId, threads: Collection[ThreadId], since: datetime
) -> list[Leg]:
    """All legs of these threads that began at `since` or later, also those that go on."""
    return await store.of_threads(reader, company, threads, since)


async def unheard(reader: Reader, ids: Collection[str]) -> list[VoiceNotice]:
    """Of these notices those whose messages still wait, the oldest first."""
    return await store.unheard(reader, ids)
