"""The second factor: who has one shows a code of their telephone besides the password, or one of
the recovery codes that were given with it, each of which is good once."""

import base64
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from tws.access import store
from tws.access.errors import LoginRefused, SecondFactorNeeded
from tws.access.login_method import Verified
from tws.access.memory import digest
from tws.access.model import Factor, Owner
from tws.access.owners import company_of, managed_administrator, managed_user
from tws.access.sessions import Sessions
from tws.access.tries.throttle import Throttle
from tws.errors import Conflict, Invalid, NotAllowed, Unavailable, missing
from tws.organisation.actor import Actor, AdministratorId, UserId
from tws.organisation.registry import Registry
from tws.protocols import totp
from tws.records.transactions import transaction
from tws.storage import Storage, Transaction
from tws.storage.secrets import SecretLost, Secrets

RECOVERY_CODES = 8
REFUSED = "This code is not right, or was used already."


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator application is given."""

    secret: str = field(repr=False)
    "In base32, to be typed."
    address: str = field(repr=False)
    "`otpauth:`, to be shown as a picture."


@dataclass(frozen=True, slots=True)
class BothRight:
    """Somebody who showed the first factor, and the second, which is used up with the session."""

    first: Verified
    factor: Factor
    after: Factor

    @property
    def owner(self) -> Owner:
        return self.first.owner

    async def confirm(self, tx: Transaction) -> None:
        await self.first.confirm(tx)
        if await store.factor(tx, self.owner, lock=True) != self.factor:
            raise LoginRefused(REFUSED)  # used meanwhile, by somebody else
        await store.write_factor(tx, self.after)


class SecondFactors:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        secrets: Secrets,
        clock: Callable[[], datetime],
        throttle: Throttle,
    ) -> None:
        self._storage, self._registry, self._sessions = storage, registry, sessions
        self._secrets, self._clock, self._throttle = secrets, clock, throttle

    # ---------------------------------------------------------------- signing in

    async def verify(self, first: Verified, code: str | None) -> Verified:
        """With the second factor, where there is one. SecondFactorNeeded without a code;
        LoginRefused, TooMany for a wrong one: only who knows the password gets as far."""
        factor = await self._confirmed(first.owner)
        if factor is None:
            return first
        if not code:
            raise SecondFactorNeeded("The code of your authenticator application is needed.")
        with self._throttle.trying((first.owner.id, "second factor"), self._clock()):
            return BothRight(first, factor, self._used(factor, code))

    def _used(self, factor: Factor, code: str) -> Factor:
        """As it is once the code is used. LoginRefused for a wrong one."""
        step = totp.matching_step(
            self._secret(factor), code, self._clock().timestamp(), factor.last_step
        )
        if step is not None:
            return replace(factor, last_step=step)
        shown = digest(_plain(code))
        left = tuple(each for each in factor.recovery if not hmac.compare_digest(each, shown))
        if len(left) == len(factor.recovery):
            raise LoginRefused(REFUSED)
        return replace(factor, recovery=left)

    # ---------------------------------------------------------------- having one

    async def of(self, actor: Actor) -> Factor | None:
        """One's own, if it was confirmed."""
        return await self._confirmed(self._own(actor))

    async def of_user(self, actor: Actor, user: UserId) -> Factor | None:
        """For administrators."""
        return await self._confirmed(managed_user(actor, self._registry, user))

    async def of_administrator(self, actor: Actor, id: AdministratorId) -> Factor | None:
        """For super users."""
        return await self._confirmed(managed_administrator(actor, self._registry, id))

    async def begin(self, actor: Actor) -> Enrolment:
        """A new secret, which counts once a code of it was shown. Conflict while there is one."""
        owner = self._own(actor)
        secret = secrets.token_bytes(totp.SECRET_BYTES)
        sealed = self._secrets.seal(base64.b64encode(secret).decode(), owner.id, "factor")
        factor = Factor(owner=owner, secret=sealed, created=self._clock())
        async with self._storage.transaction() as tx:
            before = await store.factor(tx, owner, lock=True)
            if before is not None and before.confirmed:
                raise Conflict("You have a second factor already: take it off first.")
            await store.write_factor(tx, factor)
        account = actor.label.removeprefix("administrator ")
        company = self._registry.companies.get(actor.company) if actor.company else None
        issuer = f"TWS {company.name}" if company else "TWS"
        written = base64.b32encode(secret).decode().rstrip("=")
        return Enrolment(written, totp.address(secret, issuer, account))

    async def confirm(self, actor: Actor, code: str) -> tuple[str, ...]:
        """From now on it is needed. The recovery codes: told this once."""
        owner = self._own(actor)
        codes = tuple(secrets.token_hex(5) for _ in range(RECOVERY_CODES))
        with self._throttle.trying((owner.id, "second factor"), self._clock()):
            async with transaction(self._storage) as tx:
                factor = await store.factor(tx, owner, lock=True)
                if factor is None or factor.confirmed:
                    raise Conflict("Nothing is to be confirmed: begin again.")
                step = totp.matching_step(self._secret(factor), code, self._clock().timestamp(), 0)
                if step is None:
                    raise Invalid(
                        "this is not the code that the application shows now",
                        field="code",
                        why="wrongCode",
                    )
                kept = tuple(digest(each) for each in codes)
                factor = replace(factor, confirmed=True, last_step=step, recovery=kept)
                await store.write_factor(tx, factor)
                await tx.audit(
                    actor, "second factor added", owner.id, None, None, company=actor.company
                )
        return tuple(f"{each[:5]}-{each[5:]}" for each in codes)

    async def remove(self, actor: Actor, code: str) -> None:
        """One's own, by a code of it: a page left open is not enough."""
        owner = self._own(actor)
        with self._throttle.trying((owner.id, "second factor"), self._clock()):
            async with transaction(self._storage) as tx:
                factor = await store.factor(tx, owner, lock=True)
                if factor is None or not factor.confirmed:
                    raise missing("second factor")
                self._used(factor, code)
                await self._removed(tx, actor, owner)

    async def remove_of_user(self, actor: Actor, user: UserId) -> None:
        """By an administrator, for whoever lost the telephone. NotFound where there is none."""
        await self._take_away(actor, managed_user(actor, self._registry, user))

    async def remove_of_administrator(self, actor: Actor, administrator: AdministratorId) -> None:
        """By a super user."""
        await self._take_away(actor, managed_administrator(actor, self._registry, administrator))

    async def _confirmed(self, owner: Owner) -> Factor | None:
        async with self._storage.reading() as reader:
            factor = await store.factor(reader, owner)
        return factor if factor is not None and factor.confirmed else None

    async def _take_away(self, actor: Actor, owner: Owner) -> None:
        async with transaction(self._storage) as tx:
            if await store.factor(tx, owner, lock=True) is None:
                raise missing("second factor")
            await self._removed(tx, actor, owner)

    async def _removed(self, tx: Transaction, actor: Actor, owner: Owner) -> None:
        await store.delete_factor(tx, owner)
        company = company_of(self._registry, owner)
        await tx.audit(actor, "second factor removed", owner.id, None, None, company=company)

    def _own(self, actor: Actor) -> Owner:
        session = self._sessions.memory.session(actor.session)
        if session is None:
            raise NotAllowed(
                "A second factor is set by who signs in with it, not by a program.",
                why="sessionsOnly",
            )
        return session.owner

    def _secret(self, factor: Factor) -> bytes:
        try:
            return base64.b64decode(self._secrets.open(factor.secret, factor.owner.id, "factor"))
        except SecretLost as lost:
            raise Unavailable(
                "The second factor cannot be checked: an administrator can take it off."
            ) from lost


def _plain(code: str) -> str:
    """A recovery code, however it is typed."""
    return "".join(c for c in code.lower() if c.isalnum())
