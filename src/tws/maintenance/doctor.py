"""Troubleshooting (10.8): what is usually wrong, looked at now."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from tws.access.elsewhere import Elsewhere
from tws.access.negotiator import Standing
from tws.licences.service import LicenceService
from tws.maintenance.checks.encryption import encryption
from tws.maintenance.checks.machine import machine
from tws.maintenance.checks.messaging import external_chat
from tws.maintenance.checks.people import answering, signing_in, users
from tws.maintenance.checks.products import calendars, directories, imports, secrets
from tws.maintenance.checks.telephony import devices, links
from tws.maintenance.checks.text_messages import sms_providers
from tws.maintenance.findings import Check, Finding, Row, Running, Severity, Sight
from tws.messaging.external.service import ExternalService
from tws.net.encryption import Way
from tws.organisation.actor import Actor
from tws.organisation.model import Link
from tws.organisation.permission import administrators_only
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.sentences import Sentence
from tws.storage import Storage
from tws.telephony.link import Address

CHECKS = (
    *(users, signing_in, secrets, links, devices, directories, imports, calendars),
    *(external_chat, sms_providers, encryption),
)


class Doctor:
    """`running`, `external`: of the server that asks; None = a command beside it."""

    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        organisation: OrganisationService,
        licences: LicenceService,
        *,
        clock: Callable[[], datetime],
        address: Callable[[Link], Address | None],
        ways: Callable[[Row], Sequence[Way]],
        server_ways: Sequence[tuple[str, Way]],
        advice: Callable[[str], Sentence | None],
        methods: Collection[str],
        elsewhere: Elsewhere,
        tickets: Callable[[], Standing | None],
        folders: Collection[Path],
        scarce: int,
        certificate: Path | None,
        push_key_lost: Callable[[], Sentence | None],
        running: Running | None = None,
        external: ExternalService | None = None,
    ) -> None:
        self._storage, self._registry = storage, registry
        self._organisation, self._licences = organisation, licences
        self._clock, self._address, self._advice = clock, address, advice
        self._methods, self._folders = frozenset(methods), tuple(folders)
        self._tickets, self._elsewhere, self._scarce = tickets, elsewhere, scarce
        self._certificate, self.running = certificate, running
        self._external = external
        self._push_key_lost = push_key_lost
        self._ways, self._server_ways = ways, server_ways

    async def examine(self, actor: Actor) -> list[Finding]:
        """For administrators: of the companies that they manage, what failed first; of the server
        itself for super users."""
        administrators_only(actor)
        sight = self.sight(actor)
        found: list[Finding] = []
        if actor.super_user:
            found += [finding async for finding in machine(sight)]
        for check in CHECKS:
            found += check(sight)
        found += await answering(sight)
        outcomes, checks = list(Severity), list(Check)
        return sorted(
            found, key=lambda one: (outcomes.index(one.outcome), checks.index(one.check))
        )

    def sight(self, actor: Actor) -> Sight:
        """What checks look at, now."""
        return Sight(
            actor=actor,
            registry=self._registry,
            organisation=self._organisation,
            licences=self._licences,
            storage=self._storage,
            now=self._clock(),
            folders=self._folders,
            scarce=self._scarce,
            certificate=self._certificate,
            push_key_lost=self._push_key_lost(),
            methods=self._methods,
            elsewhere=self._elsewhere,
            tickets=self._tickets(),
            address={link.id: self._address(link) for link in self._registry.links.values()},
            ways=self._ways,
            server_ways=self._server_ways,
            advice=self._advice,
            running=self.running,
            external=self._external,
        )
