"""How many may use what (3.3.1, 3.3.2): the installation's number, its licence file, and whether
one more fits.

Without a file nothing is counted against anything: the community's licence. A file that does not
count (of another installation, past its end) lets nobody in anew, and throws nobody out:
telephones go on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tws.bus import Bus
from tws.errors import Conflict, Invalid
from tws.licences import document, store
from tws.licences.dongle import new_dongle
from tws.licences.events import LicenceChanged
from tws.licences.model import Count, Licence
from tws.organisation.actor import Actor
from tws.organisation.applications import Application
from tws.organisation.grant import GrantKind
from tws.organisation.permission import administrators_only, super_users_only
from tws.organisation.registry import Registry
from tws.records.transactions import transaction
from tws.rereading import RowsMissed
from tws.storage import RowClash, Storage


class State(StrEnum):
    COMMUNITY = "community"
    "No file: as many as one likes."
    VALID = "valid"
    EXPIRED = "expired"
    OTHER_INSTALLATION = "otherInstallation"
    "The number was renewed since, or the database moved."
    NOT_TRUSTED = "notTrusted"
    "Whoever signed it is not trusted any more."


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is now."""

    dongle: str
    state: State
    licence: Licence | None
    counts: tuple[Count, ...]


class LicenceService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        issuers: Sequence[Ed25519PublicKey],
    ) -> None:
        """`issuers`: whose licences are good here."""
        self._storage, self._registry, self._clock = storage, registry, clock
        self._issuers = issuers
        self._dongle = ""
        self._licence: Licence | None = None
        self._there = False
        bus.follow(LicenceChanged, self._changed)
        bus.act(RowsMissed, self._missed, key=lambda _: None, keep=True, everywhere=True)

    async def load(self) -> None:
        """Read them; the number is made where there is none."""
        async with self._storage.reading() as reader:
            number, text = await store.dongle(reader), await store.text(reader)
        if number is None:
            number = await self._made()
        self._changed(LicenceChanged(number, text))

    async def _missed(self, _: RowsMissed) -> None:
        """Another node may have been given another one."""
        async with self._storage.reading() as reader:
            number, text = await store.dongle(reader), await store.text(reader)
        if number is not None:
            self._changed(LicenceChanged(number, text))

    async def _made(self) -> str:
        number = new_dongle()
        try:
            async with self._storage.transaction() as tx:
                await store.insert_dongle(tx, number)
        except RowClash:  # another process was faster
            async with self._storage.reading() as reader:
                return await store.dongle(reader) or number
        return number

    # ---------------------------------------------------------------- looking

    def standing(self, actor: Actor) -> Standing:
        """For administrators. Counts are those of the whole installation, for super users only;
        others are told what is left by the refusal."""
        administrators_only(actor)
        counts = tuple(self.count(each) for each in Application) if actor.super_user else ()
        return Standing(self._dongle, self.state, self._licence, counts)

    @property
    def state(self) -> State:
        licence = self._licence
        if not self._there:
            return State.COMMUNITY
        if licence is None:
            return State.NOT_TRUSTED
        if licence.dongle != self._dongle:
            return State.OTHER_INSTALLATION
        if licence.expires is not None and licence.expires <= self._clock():
            return State.EXPIRED
        return State.VALID

    def count(self, application: Application) -> Count:
        return Count(application, self._available(application), self.used(application))

    def used(self, application: Application) -> int:
        """Users to whom it is granted, each counted once however many groups grant it."""
        granted = self._registry.granted
        users = {
            user
            for grant in granted.of(GrantKind.APPLICATION, application)
            for user in granted.users(grant)
        }
        return len(users)

    def _available(self, application: Application) -> int | None:
        match self.state:
            case State.COMMUNITY:
                return None
            case State.VALID if self._licence is not None:
                return self._licence.available(application)
        return 0

    # ---------------------------------------------------------------- asking

    def refuse_beyond(self, application: Application, more: int) -> None:
        """Conflict, with the numbers, where `more` users than now would be too many."""
        count = self.count(application)
        if count.available is None or more <= 0 or count.used + more <= count.available:
            return
        free = max(0, count.available - count.used)
        raise Conflict(
            f"{more} more may not use {application}: the licence has {count.available}, "
            f"{count.used} are used, {free} are free.",
            why="licence",
            parameters={
                "application": application,
                "more": more,
                "available": count.available,
                "used": count.used,
                "free": free,
            },
        )

    # ---------------------------------------------------------------- changing

    async def install(self, actor: Actor, text: str) -> Standing:
        """A licence file instead of the one before. Invalid with words for one that is not for
        this installation, is past its end, was tampered with, or comes from a stranger."""
        super_users_only(actor)
        try:
            licence = self._read(text)
        except Invalid as refusal:
            async with transaction(self._storage) as tx:
                why = {"why": str(refusal.why or refusal.code), "said": refusal.message}
                await tx.audit(actor, "licence refused", self._dongle, None, why, company=None)
            raise
        async with transaction(self._storage) as tx:
            await store.write_text(tx, text, self._clock())
            told = {"voucher": licence.voucher, "applications": dict(licence.applications)}
            await tx.audit(actor, "licence installed", licence.voucher, None, told, company=None)
            tx.publish(LicenceChanged(self._dongle, text))
        return self.standing(actor)

    def _read(self, text: str) -> Licence:
        if not self._issuers:
            raise Invalid(
                "This server trusts nobody who issues licences: see TWS_LICENCE_ISSUERS.",
                field="file",
                why="noIssuer",
            )
        licence = document.read(text, self._issuers)
        if licence.dongle != self._dongle:
            raise Invalid(
                f"This licence is for the installation {licence.dongle}; this one is"
                f" {self._dongle}.",
                field="file",
                why="licenceOfAnother",
                parameters={"theirs": licence.dongle, "ours": self._dongle},
            )
        if licence.expires is not None and licence.expires <= self._clock():
            day = licence.expires.date().isoformat()
            raise Invalid(
                f"This licence ended on {day}.",
                field="file",
                why="licenceExpired",
                parameters={"day": day},
            )
        return licence

    async def remove(self, actor: Actor) -> Standing:
        """Back to the community's licence."""
        super_users_only(actor)
        voucher = self._licence.voucher if self._licence else ""
        async with transaction(self._storage) as tx:
            await store.delete_text(tx)
            await tx.audit(actor, "licence removed", voucher, None, None, company=None)
            tx.publish(LicenceChanged(self._dongle, None))
        return self.standing(actor)

    async def renew_dongle(self, actor: Actor) -> Standing:
        """Another number, for a database that was copied to other hardware: the licence there is
        does not count any more, and a new one has to be fetched with the voucher."""
        super_users_only(actor)
        number = new_dongle()
        async with transaction(self._storage) as tx:
            await store.write_dongle(tx, number)
            text = await store.text(tx)
            told = {"dongle": self._dongle}, {"dongle": number}
            await tx.audit(actor, "dongle number renewed", number, *told, company=None)
            tx.publish(LicenceChanged(number, text))
        return self.standing(actor)

    def _changed(self, event: LicenceChanged) -> None:
        self._dongle, self._there = event.dongle, event.text is not None
        try:
            text = event.text
            self._licence = None if text is None else document.read(text, self._issuers)
        except Invalid:
            self._licence = None
