"""What administrators are told by mail of incidents. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tws.incidents.model import Incident, IncidentKind
from tws.languages import in_language
from tws.sentences import Sentence, sentence

MOST = 30
"Incidents that one mail names; the others are counted."
Kind = IncidentKind
NAMES: Mapping[IncidentKind, Sentence] = {
    Kind.LINK_LOST: sentence("Link lost"),
    Kind.SYNCHRONISATION_FAILED: sentence("Synchronisation failed"),
    Kind.SYNCHRONISATION_HELD: sentence("Synchronisation held"),
    Kind.IMPORT_FAILED: sentence("Import of users failed"),
    Kind.IMPORT_HELD: sentence("Import of users held"),
    Kind.CALENDARS_UNREAD: sentence("Calendars not read"),
    Kind.SMS_PROVIDER_FAILED: sentence("SMS provider failed"),
    Kind.SECRET_LOST: sentence("Secret lost"),
    Kind.SERVICE_DOWN: sentence("Service down"),
    Kind.NODES: sentence("Nodes"),
    Kind.DATABASE_AWAY: sentence("Database away"),
    Kind.CLOCK_WRONG: sentence("Clock wrong"),
    Kind.BACKUP_FAILED: sentence("Backup failed"),
    Kind.DISK_FULL: sentence("Disk nearly full"),
    Kind.LICENCE: sentence("Licence"),
    Kind.CERTIFICATE: sentence("Certificate"),
    Kind.MAIL_NOT_SENT: sentence("Mail not sent"),
    Kind.WRONG_PASSWORDS: sentence("Wrong passwords"),
    Kind.SERVER_ENDED: sentence("Server ended unexpectedly"),
}


def subject(begun: Sequence[Incident], over: Sequence[Incident], culture: str) -> str:
    told = begun or over
    if len(told) == 1:
        what = " ".join(part for part in (str(_name(told[0], culture)), told[0].name) if part)
        said = sentence("TWS: {what}", what=what)
        said = said if begun else sentence("TWS: over: {what}", what=what)
    elif begun:
        said = sentence("TWS: {count} incidents", count=len(begun))
    else:
        said = sentence("TWS: {count} incidents are over", count=len(over))
    return in_language(said, culture)


def text(
    begun: Sequence[Incident],
    over: Sequence[Incident],
    *,
    culture: str,
    companies: Mapping[str, str],
    zone: ZoneInfo,
    page: str | None,
) -> str:
    """`companies`: names by id; `page`: where the incidents are shown, if that is known."""
    lines: list[str] = []
    for incidents, title in (
        (begun, sentence("What goes wrong:")),
        (over, sentence("What is over:")),
    ):
        if incidents:
            lines += [in_language(title, culture), ""]
            for one in incidents[:MOST]:
                lines += [*_lines(one, culture, companies, zone), ""]
            if more := len(incidents) - MOST:
                if more > 0:
                    lines += [in_language(sentence("{count} more.", count=more), culture), ""]
    if page is not None:
        lines += [in_language(sentence("All of them: {page}", page=page), culture), ""]
    why = sentence("Which of them you are told is set in Administration, under your name.")
    return "\n".join([*lines, in_language(why, culture), ""])


def _lines(
    of: Incident, culture: str, companies: Mapping[str, str], zone: ZoneInfo
) -> Iterator[str]:
    head = " ".join(part for part in (_name(of, culture), of.name) if part)
    company = companies.get(of.company or "")
    yield f"* {head} ({company})" if company else f"* {head}"
    yield f"  {in_language(of.said, culture)}"
    since = sentence("Since {at}", at=_time(of.started, zone))
    if of.ended is not None:
        since = sentence(
            "From {start} to {end}", start=_time(of.started, zone), end=_time(of.ended, zone)
        )
    times = sentence("{count} times", count=of.count)
    more = f", {in_language(times, culture)}" if of.count > 1 else ""
    yield f"  {in_language(since, culture)}{more}"


def _name(of: Incident, culture: str) -> str:
    return in_language(NAMES[of.kind], culture)


def _time(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")
