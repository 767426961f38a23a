"""What waits to be told by e-mail, and how it is gathered."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from tws.organisation.actor import CompanyId, UserId
from tws.organisation.model import Domain, User
from tws.organisation.preferences.choices import MissedCallMails
from tws.telephony.model import ThreadId

PACE = timedelta(minutes=1)
"From one mail about the same to the next, at least: a flood of calls is none of mails."
TOO_OLD = timedelta(days=1)
"After that nobody is told any more."
KEPT = timedelta(days=2)
"For so long it is known what was told."
LONGEST_CALL = timedelta(hours=1)
"For so long at most it is waited for the end of a call that somebody else may still answer."
TOGETHER = 2_000
"Of one user, looked at together."


class NoticeKind(StrEnum):
    """What one notice is of."""

    MISSED = "missed"
    VOICE = "voice"


class Notice(Struct, frozen=True, kw_only=True):
    """A row: something that a user wished to be told, and whether he was."""

    id: str
    "Of the leg, or of the journal's notice of voice messages."
    kind: NoticeKind
    company: CompanyId
    user: UserId
    thread: ThreadId
    "Of the call; empty for voice messages."
    began: datetime
    at: datetime
    "When the leg ended, or the messages came."


class Wish(Struct, frozen=True, kw_only=True):
    """What one user wishes to be told, and may."""

    user: User
    domain: Domain
    to: str
    "The address."
    culture: str
    "fr or en."
    missed_calls: MissedCallMails
    minutes: int
    voice_messages: bool
