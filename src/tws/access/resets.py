"""A forgotten password is replaced by whoever gets the account's mail.

Asking tells nothing: what is done of it is done behind the answer, the same for everybody.
A letter opens the account once, within half an hour; what is kept of it is a hash. Others who ask
take nothing away: the password stays until the letter is used, and letters already sent stay good.
"""

from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import structlog

from tws.access import store
from tws.access.changing import write_anew
from tws.access.errors import LoginRefused
from tws.access.memory import digest, new_token
from tws.access.methods import STORED
from tws.access.model import Owner
from tws.access.passwords import (
    SHORTEST_OF_ADMINISTRATOR,
    SHORTEST_OF_USER,
    check_password,
)
from tws.access.service import AccessService
from tws.errors import TooMany, Unavailable
from tws.languages import in_language
from tws.mail.model import Letter
from tws.mail.service import MailService
from tws.mail.writing import is_address
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.model import Administrator
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.records.transactions import transaction
from tws.schedule import Schedule
from tws.sentences import sentence
from tws.storage import Storage, new_id

JOB = "password reset"
LASTS = timedelta(minutes=30)
LETTERS = 3
"Of one account that can be used at a time: nobody's box is filled."
WINDOW, ASKED, USED, REMEMBERED = timedelta(hours=1), 20, 50, 10_000
"How often one address may ask, or use a letter, within that time."
OVER = "This link was used already, or is older than half an hour: ask for another one."
log = structlog.get_logger(__name__)


class Account(NamedTuple):
    """Whose password it is, and how a letter reaches them."""

    owner: Owner
    username: str
    email: str
    culture: str
    company: CompanyId
    "By whose mail server."
    actor: Actor


class Limit:
    """So many of an address within `WINDOW`: it tells nothing of accounts, and stops no other."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._times: deque[tuple[datetime, str]] = deque()
        self._counts: Counter[str] = Counter()

    def take(self, address: str, now: datetime) -> None:
        """TooMany."""
        while self._times and (now - self._times[0][0] > WINDOW or len(self._times) >= REMEMBERED):
            _, old = self._times.popleft()
            self._counts[old] -= 1
            if not self._counts[old]:
                del self._counts[old]
        if self._counts[address] >= self._most:
            raise TooMany(
                "Too many tries from this address: try again in an hour.",
                retry_after=int(WINDOW.total_seconds()),
            )
        self._times.append((now, address))
        self._counts[address] += 1


class PasswordResets:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        schedule: Schedule,
        clock: Callable[[], datetime],
        *,
        access: AccessService,
        mail: MailService,
        public_url: str | None,
    ) -> None:
        """`public_url`: where a letter leads; never what a request says of us."""
        self._storage, self._registry, self._schedule = storage, registry, schedule
        self._clock, self._hashing, self._methods = clock, access.hashing, access.tried
        self._mail, self._public_url = mail, public_url
        self._asked, self._used = Limit(ASKED), Limit(USED)

    @property
    def offered(self) -> bool:
        """Whether letters can be sent, and lead somewhere."""
        return self._public_url is not None and self._mail.servers.first_set_up() is not None

    def ask(
        self,
        username: str,
        company: str | None,
        address: str,
        *,
        administrator: bool,
        culture: str,
    ) -> None:
        """TooMany for who asks too often, whomever he names. Nothing else is told."""
        self._asked.take(address, self._clock())
        work = partial(self._answer, username, company, administrator, culture)
        if self.offered:
            self._schedule.once(JOB, work, key=new_id())

    async def _answer(
        self, username: str, company: str | None, administrator: bool, culture: str
    ) -> None:
        found = (
            self._administrator(username)
            if administrator
            else self._user(username, company, culture)
        )
        if found is None or not is_address(found.email):
            log.info("password reset asked for nobody")
            return
        token, now = new_token(), self._clock()
        try:
            async with transaction(self._storage) as tx:
                await store.forget_resets(tx, now - LASTS)
                known = await store.password_hash(tx, found.owner, lock=True)
                if known is None or await store.resets(tx, found.owner) >= LETTERS:
                    return
                await store.insert_reset(tx, found.owner, digest(token), now)
                await self._mail.put(tx, self._letter(found, token))
                company_of = found.actor.company
                action = "password reset asked"
                await tx.audit(found.actor, action, found.owner.id, None, None, company=company_of)
        except Unavailable:
            log.error("password reset not sent: queue full")

    def _letter(self, to: Account, token: str) -> Letter:
        place = "admin" if to.owner.administrator else ""
        text = sentence(
            "Somebody, probably you, has forgotten the password of {name} in TWS. Choose a new one"
            " here, once and within {minutes} minutes:",
            name=to.username,
            minutes=int(LASTS.total_seconds()) // 60,
        )
        other = sentence("If it was not you, do nothing: your password stays as it is.")
        lines = (
            in_language(text, to.culture),
            # Behind a # it is in no log of a proxy, and told to no other site.
            f"{self._public_url}/{place}#reset={token}",
            in_language(other, to.culture),
        )
        return Letter(
            company=to.company,
            to=to.email,
            subject=in_language(sentence("TWS: a new password"), to.culture),
            text="\n\n".join(lines) + "\n",
            user=to.owner.user,
        )

    # ---------------------------------------------------------------- using a letter

    async def use(self, token: str, password: str, address: str) -> None:
        """LoginRefused where the letter is over; Invalid for a password that cannot be, TooMany:
        then it stays good."""
        self._used.take(address, self._clock())
        since, shown = self._clock() - LASTS, digest(token)
        async with self._storage.reading() as reader:
            owner = await store.reset_owner(reader, shown, since=since)
        found = None if owner is None else self._of(owner)
        if owner is None or found is None:
            raise LoginRefused(OVER, why="resetOver")
        shortest = SHORTEST_OF_USER if owner.user else SHORTEST_OF_ADMINISTRATOR
        check_password(password, found.username, shortest)
        hash = await self._hashing.hash(password)
        async with transaction(self._storage) as tx:
            if not await store.take_reset(tx, shown):
                raise LoginRefused(OVER, why="resetOver")
            await write_anew(tx, owner, hash, self._clock())
            told = {"address": address[:64]}
            action, company = "password reset", found.actor.company
            await tx.audit(found.actor, action, owner.id, None, told, company=company)

    # ---------------------------------------------------------------- whose

    def _of(self, owner: Owner) -> Account | None:
        known = self._registry
        if owner.user is not None and (user := known.users.get(owner.user)) is not None:
            return self._user(user.username, known.companies[user.company].name, "")
        if owner.administrator is not None:
            row = known.administrators.get(owner.administrator)
            return None if row is None else self._administrator(row.username)
        return None

    def _user(self, username: str, company: str | None, culture: str) -> Account | None:
        """An enabled one, who signs in by the password that is kept here."""
        row = self._registry.user_named(username, company or None)
        if row is None or not row.enabled or STORED not in self._methods.of(row):
            return None
        if not self._mail.servers.set_up(row.company, row.id):
            return None
        return Account(
            Owner(user=row.id),
            row.username,
            row.email,
            culture if row.culture == "Auto" else row.culture,
            row.company,
            Actor(label=row.username, company=row.company, user=row.id),
        )

    def _administrator(self, username: str) -> Account | None:
        row = self._registry.administrator_named(username)
        if row is None:
            return None
        company = self._server_of(row)
        if company is None:
            return None
        return Account(
            Owner(administrator=row.id),
            row.username,
            row.email,
            row.culture,
            company,
            Actor(label=f"administrator {row.username}", administrator=row.id),
        )

    def _server_of(self, to: Administrator) -> CompanyId | None:
        """By whose server a letter goes that opens an administrator's account: one that only those
        can set who may do as much as the account, or else they would take it."""
        known = self._registry
        others = [row for row in known.administrators.values() if not row.super_user]

        def safe(company: CompanyId) -> bool:
            setting = [row for row in others if company in row.companies]
            if to.super_user:
                return not setting
            return all(row.companies >= to.companies for row in setting)

        companies = sorted(known.companies.values(), key=lambda row: fold(row.name))
        named = (row.id for row in companies if to.super_user or row.id in to.companies)
        return next((id for id in named if self._mail.servers.set_up(id) and safe(id)), None)
