"""Signing in by a passkey: no name is typed, no password and no code asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tws.access import store
from tws.access.challenges import Challenge, Challenges
from tws.access.errors import LoginRefused
from tws.access.methods import STORED, Methods
from tws.access.model import Owner, Passkey
from tws.access.refusals import Refusals
from tws.access.signing import Signing
from tws.access.tries.throttle import Throttle
from tws.bus import Bus
from tws.errors import TooMany
from tws.organisation.actor import Actor
from tws.organisation.parameters.catalogue.server import AUTH_METHODS
from tws.organisation.registry import Registry
from tws.protocols import webauthn
from tws.protocols.webauthn import Asked, Place, Shown, Used, WrongAnswer
from tws.storage import Storage, Transaction

PASSKEY = "Passkey"
"In the audit log."
WORDS = {
    "challengeOver": "This took too long: begin again.",
    "unknownPasskey": "This passkey is not known here (any more).",
    "otherPage": "This passkey signs in on the other page: users' and administrators' are apart.",
    "passkeyRefused": "This passkey was refused.",
    "passkeyCopied": "This passkey seems to have been copied: remove it, and make another one.",
    "methodNotAllowed": f"{AUTH_METHODS} of this account has no {STORED}.",
}


@dataclass(frozen=True, slots=True)
class RightPasskey:
    """Somebody who showed one. It is both factors, since the authenticator looked who it was."""

    passkey: Passkey
    used: Used
    now: datetime

    @property
    def owner(self) -> Owner:
        return self.passkey.owner

    async def confirm(self, tx: Transaction) -> None:
        found = await store.passkey_shown(tx, self.passkey.credential, lock=True)
        if found is None:
            raise _refused("unknownPasskey")
        if not goes_on(found.sign_count, self.used.sign_count):
            raise _refused("passkeyRefused")  # shown meanwhile, in another answer
        await store.passkey_used(tx, found.id, self.used.sign_count, self.used.backed_up, self.now)


class ByPasskey:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        signing: Signing,
        methods: Methods,
        refusals: Refusals,
        throttle: Throttle,
    ) -> None:
        self._storage, self._registry, self._clock = storage, registry, clock
        self._signing, self._methods, self._refusals = signing, methods, refusals
        self._throttle, self._challenges = throttle, Challenges(bus, "sign-ins by passkey")

    async def offered(self, place: Place) -> tuple[bool, bool]:
        """Whether some user, some administrator has one there."""
        async with self._storage.reading() as reader:
            return await store.who_has_passkeys(reader, place.rp)

    def begin(self, place: Place, address: str) -> Asked:
        """What the browser is to be asked, whoever is before it."""
        asked = webauthn.ask_to_show(place)
        self._challenges.add(Challenge(asked, place, address, self._clock()))
        return asked

    async def login(self, shown: Shown, *, address: str, agent: str) -> tuple[Actor, str]:
        """The user whose it is, and the token. LoginRefused, TooMany."""
        return await self._login(shown, address, agent, of_users=True)

    async def login_administrator(
        self, shown: Shown, *, address: str, agent: str
    ) -> tuple[Actor, str]:
        """As `login`: administrators are apart from users."""
        return await self._login(shown, address, agent, of_users=False)

    async def _login(
        self, shown: Shown, address: str, agent: str, *, of_users: bool
    ) -> tuple[Actor, str]:
        found: Passkey | None = None
        try:
            asked = self._asked(shown)
            async with self._storage.reading() as reader:
                found = await store.passkey_shown(reader, shown.credential)
            who = "unknown" if found is None else found.owner.id
            with self._throttle.trying(((PASSKEY, who), address), self._clock()):
                right = self._right(shown, asked, found, of_users=of_users)
            self._may_come_in(right.owner)
            return await self._signing.start(right, address, agent, how=PASSKEY)
        except (LoginRefused, TooMany) as refusal:
            await self._note(refusal, found, address)
            raise

    def _asked(self, shown: Shown) -> Challenge:
        """What is answered, which is over with it."""
        try:
            challenge = webauthn.challenge_of(shown.client_data)
        except WrongAnswer as error:
            raise _refused("passkeyRefused") from error
        asked = self._challenges.take(challenge, None, self._clock())
        if asked is None:
            raise _refused("challengeOver")
        return asked

    def _right(
        self, shown: Shown, asked: Challenge, found: Passkey | None, *, of_users: bool
    ) -> RightPasskey:
        if found is None or found.rp != asked.place.rp:
            raise _refused("unknownPasskey")
        try:
            used = webauthn.used(
                asked.place, asked.asked.state, shown, found.public_key, found.owner.id
            )
        except WrongAnswer as error:
            raise _refused("passkeyRefused") from error
        if not goes_on(found.sign_count, used.sign_count):
            raise _refused("passkeyCopied")
        if (found.owner.user is not None) != of_users:
            raise _refused("otherPage")
        return RightPasskey(found, used, self._clock())

    def _may_come_in(self, owner: Owner) -> None:
        """Who may not by a password may not by this."""
        if owner.user is None:
            return
        if (refusal := self._signing.refusal(owner.user)) is not None:
            raise refusal
        if STORED not in self._methods.of(self._registry.users[owner.user]):
            raise _refused("methodNotAllowed")

    async def _note(
        self, refusal: LoginRefused | TooMany, found: Passkey | None, address: str
    ) -> None:
        account, company = "", None
        if found is not None and found.owner.user is not None:
            user = self._registry.users.get(found.owner.user)
            account, company = (user.username, user.company) if user else ("", None)
        elif found is not None and found.owner.administrator is not None:
            administrator = self._registry.administrators.get(found.owner.administrator)
            account = administrator.username if administrator else ""
        why = str(refusal.why or refusal.code)
        await self._refusals.note(PASSKEY, account, why, address, company)


def goes_on(before: int, now: int) -> bool:
    """WebAuthn 7.2, 22: a copy counts for itself. Authenticators that do not count say 0."""
    return now > before or now == before == 0


def _refused(why: str) -> LoginRefused:
    return LoginRefused(WORDS[why], why=why)
