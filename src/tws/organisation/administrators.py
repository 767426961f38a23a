"""Administrators (10.1): apart from users; a super user manages all companies, another one those
named."""

from collections.abc import Collection

from tws.errors import Conflict, NotAllowed, missing
from tws.organisation import store, words
from tws.organisation.actor import Actor, AdministratorId, CompanyId
from tws.organisation.kinds import ADMINISTRATOR
from tws.organisation.model import Administrator
from tws.organisation.part import Part, by_name, changed, refuse_taken
from tws.records.changing import present, remove, write
from tws.storage import Transaction, new_id

LANGUAGES = ("fr", "en")


def new_administrator(
    username: str,
    *,
    super_user: bool,
    companies: Collection[CompanyId] = (),
    email: str = "",
    culture: str = "fr",
    muted: Collection[str] = (),
) -> Administrator:
    return Administrator(
        id=AdministratorId(new_id()),
        version=1,
        username=words.username(username),
        super_user=super_user,
        companies=frozenset(companies),
        email=words.email(email),
        culture=words.one_of(culture, "culture", LANGUAGES),
        muted=tuple(sorted(set(muted))),
    )


class Administrators(Part):
    async def create_administrator(
        self,
        actor: Actor,
        *,
        username: str,
        super_user: bool = False,
        companies: Collection[CompanyId] = (),
        email: str = "",
        culture: str = "fr",
        muted: Collection[str] = (),
    ) -> Administrator:
        """Without a password: `AccessService.set_administrator_password` gives one."""
        _by_super_user(actor)
        for company in companies:
            self._company(actor, company)

        def make() -> Administrator:
            made = new_administrator(
                username,
                super_user=super_user,
                companies=companies,
                email=email,
                culture=culture,
                muted=muted,
            )
            self._administrator_name_is_free(made)
            return made

        return await self._create(actor, ADMINISTRATOR, make)

    async def update_administrator(
        self,
        actor: Actor,
        id: AdministratorId,
        version: int,
        *,
        username: str | None = None,
        super_user: bool | None = None,
        companies: Collection[CompanyId] | None = None,
        email: str | None = None,
        culture: str | None = None,
        muted: Collection[str] | None = None,
    ) -> Administrator:
        """What is None stays. By a super user; what one is told by oneself too. Conflict for the
        last super user, who must stay one."""
        own = actor.administrator == id and (username, super_user, companies) == (None,) * 3
        if not own:
            _by_super_user(actor)
        if id not in self._registry.administrators:
            raise missing("administrator")
        for company in companies or ():
            self._company(actor, company)

        async with self._transaction() as tx:
            await tx.lock("administrators")
            before = await present(tx, ADMINISTRATOR, id, version)
            after = changed(
                before,
                username=None if username is None else words.username(username),
                super_user=super_user,
                companies=None if companies is None else frozenset(companies),
                email=None if email is None else words.email(email),
                culture=None if culture is None else words.one_of(culture, "culture", LANGUAGES),
                muted=None if muted is None else tuple(sorted(set(muted))),
            )
            self._administrator_name_is_free(after)
            if before.super_user and not after.super_user:
                await _another_super_user(tx, before)
            return await write(tx, actor, ADMINISTRATOR, before, after)

    async def delete_administrator(self, actor: Actor, id: AdministratorId, version: int) -> None:
        """Conflict for the last super user."""
        _by_super_user(actor)
        if id not in self._registry.administrators:
            raise missing("administrator")
        async with self._transaction() as tx:
            await tx.lock("administrators")
            administrator = await present(tx, ADMINISTRATOR, id, version)
            if administrator.super_user:
                await _another_super_user(tx, administrator)
            await remove(tx, actor, ADMINISTRATOR, administrator)

    def list_administrators(
        self, actor: Actor, company: CompanyId | None = None
    ) -> tuple[Administrator, ...]:
        """All for a super user, oneself for another one; `company`: those who may manage it."""
        found = (
            a
            for a in self._registry.administrators.values()
            if (actor.super_user or a.id == actor.administrator)
            and (company is None or a.super_user or company in a.companies)
        )
        return by_name(found, lambda a: a.username)

    def get_administrator(self, actor: Actor, id: AdministratorId) -> Administrator:
        administrator = self._registry.administrators.get(id)
        if administrator is None or not (actor.super_user or id == actor.administrator):
            raise missing("administrator")
        return administrator

    def _administrator_name_is_free(self, administrator: Administrator) -> None:
        beside = self._registry.administrators.values()
        said = "An administrator named {name} exists already."
        refuse_taken(administrator, beside, said, "username")


def _by_super_user(actor: Actor) -> None:
    if not actor.super_user:
        raise NotAllowed("Only a super user may change administrators.", why="superUsersOnly")


async def _another_super_user(tx: Transaction, administrator: Administrator) -> None:
    if await store.other_super_users(tx, administrator.id) == 0:
        raise Conflict(f"{administrator.username} is the last super user.", field="super_user")
