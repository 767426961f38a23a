"""Users of a domain (3.3.4)."""

from functools import partial
from typing import Final, TypedDict, Unpack

from tws.errors import missing
from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId, DomainId, UserId
from tws.organisation.grant import GranteeKind, ObjectKind
from tws.organisation.granting import withdraw_across, withdraw_all
from tws.organisation.kinds import (
    COLLABORATION_ACCOUNT,
    DEVICE,
    GROUP,
    PARAMETER_VALUE,
    PREFERENCES,
    USER,
)
from tws.organisation.model import User
from tws.organisation.part import Part, by_name, changed, of_place, refuse_taken
from tws.organisation.permission import sees
from tws.organisation.registry import Registry
from tws.records.changing import present, remove, remove_all, write
from tws.records.sealing import Sealing
from tws.storage import Storage, Transaction, new_id
from tws.storage.rows import ids

CULTURES = ("Auto", "fr", "en")
LONGEST = 255
VOICEMAIL: Final = "voicemail_password"


def checked(user: User) -> User:
    """With its texts trimmed. Invalid with words."""
    words.one_of(user.culture, "culture", CULTURES)
    return changed(
        user,
        username=words.username(user.username),
        first_name=words.optional(user.first_name, "first_name"),
        last_name=words.optional(user.last_name, "last_name"),
        email=words.email(user.email),
        mobile=words.optional(user.mobile, "mobile", longest=64),
        ip=words.ip_address(user.ip, "ip"),
        external_key=words.optional(user.external_key, "external_key", longest=LONGEST),
        custom0=words.optional(user.custom0, "custom0", longest=LONGEST),
        custom1=words.optional(user.custom1, "custom1", longest=LONGEST),
    )


class UserFields(TypedDict, total=False):
    """What may be left out of a user: see `User`."""

    first_name: str
    last_name: str
    email: str
    mobile: str
    culture: str
    enabled: bool
    ip: str
    external_key: str
    custom0: str
    custom1: str
    voicemail_password: str
    "In the clear; empty takes it away."


async def remove_what_is_set(tx: Transaction, actor: Actor, id: UserId) -> None:
    """Grants, values of parameters, accounts and preferences of a user who goes."""
    await withdraw_all(tx, actor, id, GranteeKind.USER, ObjectKind.USER)
    await remove_all(tx, actor, PARAMETER_VALUE, store.parameter_value.c.user, id)
    await remove_all(tx, actor, COLLABORATION_ACCOUNT, store.collaboration_account.c.user, id)
    await remove_all(tx, actor, PREFERENCES, store.preference.c.user, id)


class Users(Part):
    def __init__(self, storage: Storage, registry: Registry, sealing: Sealing) -> None:
        super().__init__(storage, registry)
        self._sealing = sealing

    async def create_user(
        self, actor: Actor, *, domain: DomainId, username: str, **fields: Unpack[UserFields]
    ) -> User:
        """Without a password: `ChangingPasswords.set_password` gives one."""
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")

        def make() -> User:
            id = UserId(new_id())
            user = User(
                id=id,
                version=1,
                company=place.company,
                domain=place.id,
                username=username,
                **self._sealed(id, fields),
            )
            user = checked(user)
            self._username_is_free(user)
            return user

        return await self._create(actor, USER, make)

    async def update_user(
        self,
        actor: Actor,
        id: UserId,
        version: int,
        *,
        domain: DomainId | None = None,
        username: str | None = None,
        **fields: Unpack[UserFields],
    ) -> User:
        """What is not given stays. The domain may be another one of the same company; what is
        granted within the earlier one only goes."""
        user = self._managed(actor, self._registry.users, id, "user")
        if domain is not None:
            place = self._managed(actor, self._registry.domains, domain, "domain", "domain")
            if place.company != user.company:
                raise missing("domain", "domain")

        def change(before: User) -> User:
            given = self._sealed(id, fields, before.voicemail_password)
            after = checked(changed(before, domain=domain, username=username, **given))
            self._username_is_free(after)
            return after

        async with self._transaction() as tx:
            before = await present(tx, USER, id, version)
            after = await write(tx, actor, USER, before, change(before))
            if after.domain != before.domain:
                await withdraw_across(tx, actor, self._registry, after)
            return after

    async def delete_user(self, actor: Actor, id: UserId, version: int) -> None:
        """The user's devices, memberships, grants, values of parameters, accounts, password,
        sessions and keys go too.

        What was written of the user's calls stays in the journal.
        """
        self._managed(actor, self._registry.users, id, "user")
        async with self._transaction() as tx:
            user = await present(tx, USER, id, version)
            await self._remove_what_is_of(tx, actor, user)
            await remove(tx, actor, USER, user)

    async def _remove_what_is_of(self, tx: Transaction, actor: Actor, user: User) -> None:
        await remove_all(tx, actor, DEVICE, store.device.c.user, user.id)
        for group_id in await ids(tx, store.member.c.user, user.id, store.member.c.group):
            group = await GROUP.rows.find(tx, group_id)
            if group is not None:
                without = changed(group, members=group.members - {user.id})
                await write(tx, actor, GROUP, group, without)
        await remove_what_is_set(tx, actor, user.id)

    def list_users(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[User, ...]:
        found = of_place(self._registry.users.values(), partial(sees, actor), company, domain)
        return by_name(found, lambda user: user.username)

    def get_user(self, actor: Actor, id: UserId) -> User:
        return self._seen(actor, self._registry.users, id, "user")

    def _sealed(self, id: UserId, fields: UserFields, before: str = "") -> UserFields:
        given = fields.get(VOICEMAIL)
        if given is None:
            return fields
        value = words.secret(given, VOICEMAIL)
        sealed = self._sealing.column(id, VOICEMAIL, value, before)
        return {**fields, "voicemail_password": sealed}

    def _username_is_free(self, user: User) -> None:
        named = self._registry.users_named(user.username)
        beside = (other for other in named if other.company == user.company)
        refuse_taken(user, beside, "A user named {name} exists already.", "username")
