"""What is said in clear text: nothing is wrong with it where it is allowed, but it is to be
known."""

from collections.abc import Iterator, Sequence

from tws.maintenance.findings import MOST, Check, Finding, Severity, Sight
from tws.net.encryption import Way, strict
from tws.net.syslog import Transport
from tws.organisation.parameters.catalogue.server import (
    AUTH_LDAP_SERVER,
    AUTH_LDAP_TLS,
    SMT_SECURITY,
    SMT_SERVER,
)
from tws.sentences import sentence

OPEN = "none"
"What parameters call a connection that is not encrypted."


def encryption(sight: Sight) -> Iterator[Finding]:
    """One finding of all of them; a connection that is refused says so in its own check."""
    names = [*_rows(sight), *_parameters(sight)]
    if sight.actor.super_user:
        names = [*_server(sight), *names]
    if not names:
        said = sentence("Nothing is said in clear text.")
        yield Finding(check=Check.ENCRYPTION, outcome=Severity.OK, said=said)
        return
    more = len(names) - MOST
    said = sentence(
        "In clear text, or to somebody unknown: {names}.", names=", ".join(names[:MOST])
    )
    if more > 0:
        said = sentence(
            "In clear text, or to somebody unknown: {names}, and {count} more.",
            names=", ".join(names[:MOST]),
            count=more,
        )
    todo = sentence("With TWS_TLS=strict only what TWS_TLS_EXCEPT names may be.")
    if strict():
        todo = sentence("TWS_TLS_EXCEPT allows it: encrypt it where that can be done.")
    yield Finding(check=Check.ENCRYPTION, outcome=Severity.NOT_APPLICABLE, said=said, todo=todo)


def _server(sight: Sight) -> Iterator[str]:
    for name, way in sight.server_ways:
        if not way.safe:
            yield f"{name} ({way.where})"
    if sight.running is None or (collector := sight.running.syslog.state.collector) is None:
        return
    encrypted = collector.transport == Transport.TLS
    way = Way(collector.host, collector.port, encrypted, collector.verify)
    if not way.safe:
        yield f"syslog ({way.where})"


def _rows(sight: Sight) -> Iterator[str]:
    """Links, directories, calendars and SMS providers that could be used as they stand."""
    known = sight.registry
    for rows in (
        known.links,
        known.directories,
        known.collaboration_sources,
        known.sms_providers,
    ):
        for row in rows.values():
            if sight.covers(row.company):
                yield from _named(row.name, sight.ways(row))


def _named(name: str, ways: Sequence[Way]) -> Iterator[str]:
    for way in ways:
        if not way.safe and way.refused() is None:
            yield f"{name} ({way.where})"


def _parameters(sight: Sight) -> Iterator[str]:
    """Servers that the company as a whole is set up with."""
    for company in sight.registry.companies.values():
        if not sight.covers(company.id):
            continue
        for server, security in ((SMT_SERVER, SMT_SECURITY), (AUTH_LDAP_SERVER, AUTH_LDAP_TLS)):
            host = str(sight.parameters.of_company(company.id, server).value).strip()
            how = str(sight.parameters.of_company(company.id, security).value)
            yield from _named(company.name, [Way(host, 0, how != OPEN)] if host else [])
