"""Who is who, and may what: what a server needs, and every command that runs beside one."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from tws.access.resets import PasswordResets
from tws.access.service import AccessService
from tws.app.backups import backup_first
from tws.app.encrypting import encryption_of, server_ways
from tws.app.outside import Outside
from tws.bus import Bus
from tws.config import Settings
from tws.connectors import signing_in
from tws.directory.checking import checked_mapping
from tws.licences.document import public_key
from tws.licences.service import LicenceService
from tws.mail.servers import MailServers
from tws.mail.service import MailService
from tws.maintenance.doctor import Doctor
from tws.maintenance.findings import Running
from tws.messaging.external.service import ExternalService
from tws.numbering.checking import check_plan
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.push.keys import Keys
from tws.rereading import Rereading
from tws.schedule import Schedule
from tws.storage import Storage
from tws.storage.secrets import Secrets, secrets_of
from tws.telemetry import Lag


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """Who is who, and may what: all that a command needs that runs beside a server. It has
    nothing of the state folder, which is the server's alone."""

    bus: Bus
    schedule: Schedule
    storage: Storage
    registry: Registry
    organisation: OrganisationService
    access: AccessService
    licences: LicenceService
    rereading: Rereading
    secrets: Secrets
    push_keys: Keys
    mail: MailService
    resets: PasswordResets
    lag: Lag = field(default_factory=Lag)
    "Of the loop, which a server looks at."


def doctor_of(
    office: Office,
    settings: Settings,
    outside: Outside,
    running: Running | None = None,
    external: ExternalService | None = None,
) -> Doctor:
    """`running`, `external`: of the server that asks."""
    return Doctor(
        office.storage,
        office.registry,
        office.organisation,
        office.licences,
        clock=utc_now,
        address=outside.address,
        ways=outside.ways,
        server_ways=server_ways(settings),
        advice=outside.advice,
        methods=office.access.methods,
        elsewhere=office.access.elsewhere,
        tickets=office.access.windows.standing,
        folders=(*settings.folders, settings.state_dir),
        scarce=outside.scarce,
        certificate=settings.tls_certificate,
        push_key_lost=lambda: office.push_keys.lost,
        running=running,
        external=external,
    )


def _access(
    settings: Settings,
    outside: Outside,
    storage: Storage,
    registry: Registry,
    bus: Bus,
    secrets: Secrets,
) -> AccessService:
    return AccessService(
        storage,
        registry,
        bus,
        utc_now,
        secrets,
        hashing=outside.hashing,
        methods=signing_in.login_methods(Parameters(registry), settings.data_dir / "files"),
        provider=signing_in.identity_provider,
        negotiator=signing_in.negotiator(settings.keytab, settings.ntlm_auth),
        administrators_realm=settings.administrators_realm,
    )


def _resets(
    settings: Settings,
    storage: Storage,
    registry: Registry,
    schedule: Schedule,
    access: AccessService,
    mail: MailService,
) -> PasswordResets:
    return PasswordResets(
        storage,
        registry,
        schedule,
        utc_now,
        access=access,
        mail=mail,
        public_url=settings.public_url,
    )


def _mail(
    settings: Settings,
    outside: Outside,
    storage: Storage,
    registry: Registry,
    bus: Bus,
    schedule: Schedule,
    secrets: Secrets,
) -> MailService:
    files = settings.data_dir / "files"
    servers = MailServers(registry, secrets, files, settings.public_url)
    return MailService(
        storage,
        registry,
        bus,
        schedule,
        utc_now,
        secrets,
        servers=servers,
        transport=outside.transport,
    )


@contextlib.asynccontextmanager
async def open_office(
    settings: Settings,
    outside: Outside | None = None,
    *,
    serving: bool = False,
    migrate: bool = True,
) -> AsyncIterator[Office]:
    """Open the database and read the organisation. `serving`: as the one server of this
    database, or one of its nodes; or InUse. `migrate`: bring an older database up to date, else
    SchemaMismatch."""
    with encryption_of(settings):
        async with _opened(settings, outside or Outside(), serving, migrate) as office:
            yield office


@contextlib.asynccontextmanager
async def _opened(
    settings: Settings, outside: Outside, serving: bool, migrate: bool
) -> AsyncIterator[Office]:
    bus, schedule = Bus(settings.node if settings.nats and serving else ""), Schedule()
    secrets = secrets_of(settings)
    before = partial(backup_first, settings, secrets) if settings.backup_before_upgrade else None
    storage = Storage(settings.database, bus.publish, secrets.seal, before)
    registry = Registry(bus)  # the first to follow: others may ask it in their handlers
    issuers = [public_key(key) for key in settings.licence_issuers]
    licences = LicenceService(storage, registry, bus, utc_now, issuers)
    organisation = OrganisationService(
        storage,
        registry,
        dialects=outside.link_settings,
        check_plan=check_plan,
        connectors=outside.sources,
        calendars=outside.calendars,
        sms=outside.sms,
        check_mapping=checked_mapping,
        secrets=secrets,
        refuse_beyond=licences.refuse_beyond,
    )
    push_keys = Keys(storage, secrets, utc_now)
    mail = _mail(settings, outside, storage, registry, bus, schedule, secrets)
    access = _access(settings, outside, storage, registry, bus, secrets)
    resets = _resets(settings, storage, registry, schedule, access, mail)
    rereading = Rereading(storage, bus, schedule, [*registry.replicas, *access.sessions.replicas])
    shared = bool(settings.nats)
    async with storage.claimed(shared=shared) if serving else contextlib.nullcontext():
        await storage.open(migrate=migrate)
        try:
            await registry.load(storage)
            await licences.load()
            await push_keys.read()
            yield Office(
                bus,
                schedule,
                storage,
                registry,
                organisation,
                access,
                licences,
                rereading,
                secrets,
                push_keys,
                mail,
                resets,
            )
        finally:
            access.windows.close()
            await schedule.stop()
            await storage.close()
