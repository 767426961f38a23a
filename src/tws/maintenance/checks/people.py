"""Users who can sign in and call, and how they sign in."""

from collections import Counter
from collections.abc import Iterator

from tws.access.negotiator import Standing
from tws.maintenance.findings import MOST, Check, Finding, Severity, Sight, or_well
from tws.organisation.actor import CompanyId
from tws.organisation.applications import Application
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import (
    AUTH_LDAP_SERVER,
    AUTH_METHODS,
    AUTH_NTLM_PASSWORD,
    AUTH_OIDC_CLIENT_ID,
    AUTH_OIDC_ISSUER,
    AUTH_WINDOWS_REALM,
    OPENID_CONNECT,
    WINDOWS_SECURITY,
)
from tws.sentences import Sentence, sentence

UNASKED = ("None", "Ip")
"With these no password is asked."
NEEDED = (
    ("LDAP", AUTH_LDAP_SERVER),
    (OPENID_CONNECT, AUTH_OIDC_ISSUER),
    (OPENID_CONNECT, AUTH_OIDC_CLIENT_ID),
    (WINDOWS_SECURITY, AUTH_WINDOWS_REALM),
)
"What a way of signing in cannot do without."
WHERE = {"LDAP": AUTH_LDAP_SERVER, OPENID_CONNECT: AUTH_OIDC_ISSUER}
"Which parameter says what checks a password."


def users(sight: Sight) -> Iterator[Finding]:
    return or_well(
        Check.USERS,
        _users(sight),
        sentence("Every enabled user has a user name, TWS Caller and a telephone."),
    )


def _users(sight: Sight) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for user in _enabled(sight):
        for said, todo, page in _lacking(sight, user):
            seen[said.template] += 1
            if seen[said.template] <= MOST:
                yield Finding(
                    check=Check.USERS,
                    outcome=Severity.WARNING,
                    said=said,
                    todo=todo,
                    page=page,
                    row=user.id if page == "users" else None,
                    company=user.company,
                )
    if more := sum(count - MOST for count in seen.values() if count > MOST):
        yield Finding(
            check=Check.USERS,
            outcome=Severity.WARNING,
            said=sentence("{count} more are like these.", count=more),
            page="users",
        )


def _enabled(sight: Sight) -> Iterator[User]:
    for user in sight.registry.users.values():
        if user.enabled and sight.covers(user.company):
            yield user


def _lacking(sight: Sight, user: User) -> Iterator[tuple[Sentence, Sentence, str]]:
    name = user.username or user.id
    if not user.username.strip():
        yield (
            sentence("A user has no user name ({user}).", user=name),
            sentence("Give the user a name to sign in with."),
            "users",
        )
    if Application.CALLER not in sight.registry.applications(user.id):
        yield (
            sentence("{user} may not use TWS Caller.", user=name),
            sentence("Authorise the application for the user, or for a group of theirs."),
            "authorisations",
        )
    devices = sight.registry.devices_of(user.id)
    if not devices:
        yield (
            sentence("{user} has no telephone.", user=name),
            sentence("Add a device, with its number and its protocol."),
            "users",
        )
    if any(not device.number.strip() or not device.protocol.strip() for device in devices):
        yield (
            sentence("A telephone of {user} has no number or no protocol.", user=name),
            sentence("Fill both in."),
            "users",
        )


# ---------------------------------------------------------------- signing in


def signing_in(sight: Sight) -> Iterator[Finding]:
    return or_well(
        Check.SIGNING_IN,
        _signing_in(sight),
        sentence("Everybody signs in with a password that something checks."),
    )


def _signing_in(sight: Sight) -> Iterator[Finding]:
    users: Counter[tuple[CompanyId, str]] = Counter()
    lost: Counter[tuple[CompanyId, str, str]] = Counter()
    hashed: Counter[CompanyId] = Counter()
    for user in _enabled(sight):
        chosen = str(sight.parameters.effective(user.id, AUTH_METHODS)).split("|")
        if WINDOWS_SECURITY in chosen and sight.parameters.effective(user.id, AUTH_NTLM_PASSWORD):
            hashed[user.company] += 1
            chosen.remove(WINDOWS_SECURITY)
        for method in chosen:
            users[user.company, method] += 1
        for method, parameter in NEEDED:
            offered = method in chosen and method in sight.methods
            if offered and not sight.parameters.effective(user.id, parameter):
                lost[user.company, method, parameter] += 1
    for (company, method), count in users.items():
        if method in UNASKED:
            said = sentence(
                "{count} users sign in by {method}: no password is asked, so anybody can be them.",
                count=count,
                method=method,
            )
            yield _of_methods(company, Severity.WARNING, said)
        elif method not in sight.methods:
            said = sentence(
                "{count} users sign in by {method}, which this installation does not have.",
                count=count,
                method=method,
            )
            yield _of_methods(company, Severity.FAILED, said)
        elif method == WINDOWS_SECURITY and sight.tickets is not None:
            yield from _of_tickets(company, sight.tickets)
    for company, count in hashed.items():
        said = sentence(
            "{count} users sign in by NTLM without a domain: whoever reads what is kept for it can"
            " pass for them.",
            count=count,
        )
        yield _of_methods(company, Severity.WARNING, said, AUTH_NTLM_PASSWORD)
    for (company, method, parameter), count in lost.items():
        said = sentence(
            "{count} users sign in by {method}, and {parameter} is empty.",
            count=count,
            method=method,
            parameter=parameter,
        )
        yield _of_methods(company, Severity.FAILED, said, parameter)


def _of_methods(
    company: CompanyId, outcome: Severity, said: Sentence, parameter: str = AUTH_METHODS
) -> Finding:
    return Finding(
        check=Check.SIGNING_IN,
        outcome=outcome,
        said=said,
        todo=sentence("See the parameter {parameter}.", parameter=parameter),
        page="parameters",
        row=parameter,
        company=company,
    )


def _of_tickets(company: CompanyId, standing: Standing) -> Iterator[Finding]:
    """Of the keytab, and of the last ticket that was worth nothing."""
    if not standing.well:
        todo = sentence(
            "Give the server a keytab with a key of HTTP/ and its name (TWS_KEYTAB), which it may"
            " read."
        )
        yield _of_keytab(company, Severity.FAILED, standing.said, todo)
    if standing.refused is not None and standing.clock:
        todo = sentence(
            "Set the clocks of this machine, of the computers and of the domain controllers alike:"
            " five minutes apart is too far."
        )
        yield _of_keytab(company, Severity.WARNING, standing.refused, todo)
    elif standing.refused is not None:
        todo = sentence(
            "One alone may be anybody's. If users are not let in: make the keytab anew, from the"
            " account that has the name of the service."
        )
        yield _of_keytab(company, Severity.WARNING, standing.refused, todo)


def _of_keytab(company: CompanyId, outcome: Severity, said: Sentence, todo: Sentence) -> Finding:
    return Finding(check=Check.SIGNING_IN, outcome=outcome, said=said, todo=todo, company=company)


async def answering(sight: Sight) -> list[Finding]:
    """Whether what they sign in by answers: looked at when somebody asks, and then only."""
    todo = sentence("Look whether it runs, and whether its address is right.")
    return [
        Finding(
            check=Check.SIGNING_IN,
            outcome=Severity.OK if one.reached.well else Severity.FAILED,
            said=sentence("{method}: {said}", method=one.method, said=one.reached.said),
            todo=None if one.reached.well else todo,
            page=None if one.reached.well else "parameters",
            row=None if one.reached.well else WHERE.get(one.method),
            about=one.method,
            company=one.company,
        )
        for one in await sight.elsewhere.examine(sight.covers)
    ]
