"""Accounts with people outside that are not connected, where they are many with one server."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tws.maintenance.findings import Check, Finding, Severity, Sight, or_well, unknown
from tws.messaging.external.model import AccountCondition, AccountState
from tws.messaging.external.service import ExternalService
from tws.organisation.actor import CompanyId
from tws.sentences import Sentence, sentence

MANY = 3
"What fewer meet is told to them, on their own page: a password that is not right any more."
FAILING = (AccountState.AWAY, AccountState.REFUSED)


def external_chat(sight: Sight) -> Iterator[Finding]:
    if sight.external is None:
        return iter([unknown(Check.EXTERNAL_CHAT)])
    well = sentence("No server refuses many accounts with people outside.")
    return or_well(Check.EXTERNAL_CHAT, _servers(sight, sight.external), well)


def _servers(sight: Sight, external: ExternalService) -> Iterator[Finding]:
    for (company, server), conditions in _wanted(sight, external).items():
        failing = [one for one in conditions if one.state in FAILING]
        if len(failing) < MANY:
            continue
        yield Finding(
            check=Check.EXTERNAL_CHAT,
            outcome=Severity.WARNING,
            said=sentence(
                "{count} of {all} accounts with {server} are not connected: {why}",
                count=len(failing),
                all=len(conditions),
                server=server,
                why=_usual([one.why for one in failing]),
            ),
            todo=sentence("Look whether {server} serves these addresses.", server=server),
            about=server,
            company=company,
        )


def _wanted(
    sight: Sight, external: ExternalService
) -> dict[tuple[CompanyId, str], list[AccountCondition]]:
    """How those are that shall be connected now, by company and server."""
    found: dict[tuple[CompanyId, str], list[AccountCondition]] = defaultdict(list)
    for account in external.book.accounts():
        condition = external.lines.condition(account.user)
        if sight.covers(account.company) and condition.state is not AccountState.OFF:
            found[account.company, account.server].append(condition)
    return found


def _usual(why: list[Sentence]) -> Sentence:
    [(template, _)] = Counter(one.template for one in why).most_common(1)
    return next(one for one in why if one.template == template)
