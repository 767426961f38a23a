"""Users by SCIM: found, made, changed, deleted."""

from collections.abc import Callable
from typing import Any

from tws.imports.claims import Wanted as Claimed
from tws.imports.devices import DevicePlanning
from tws.imports.model import Person
from tws.imports.numbers import NoExtension, extension
from tws.numbering import plan_of
from tws.organisation.actor import Actor, UserId
from tws.organisation.model import User, UserDevice
from tws.organisation.registry import Registry
from tws.organisation.user_batches import UserBatches
from tws.organisation.user_changes import DeviceChange, UserChange
from tws.protocols.scim.asking import Asked
from tws.protocols.scim.attributes import Resource
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.patching import operations, patched
from tws.provisioning.people import Wanted, numbers_of, resource, wanted
from tws.provisioning.reading import document
from tws.provisioning.resources import Listing, Turns, finished, refuse_unseen
from tws.provisioning.sight import Sight

TEXTS: dict[str, Callable[[User], str]] = {
    "id": lambda user: user.id,
    "username": lambda user: user.username,
    "externalid": lambda user: user.external_key,
}


class ProvisionedUsers:
    def __init__(
        self, registry: Registry, batches: UserBatches, turns: Turns, new_id: Callable[[], str]
    ) -> None:
        self._registry, self._batches = registry, batches
        self._turns, self._new_id = turns, new_id

    async def list_users(self, actor: Actor, asked: Asked, base: str) -> Resource:
        """`base`: the address above the endpoints, here and below."""
        sight = Sight.of(self._registry, actor)
        listing = Listing[User](lambda user: self._shown(sight, user, base), TEXTS)
        return await listing.answer(sight.users(), asked)

    def get_user(self, actor: Actor, id: str, base: str) -> Resource:
        sight = Sight.of(self._registry, actor)
        return self._shown(sight, sight.user(id), base)

    async def create_user(self, actor: Actor, sent: Any, base: str) -> Resource:
        """Or take over the one of that user name, where the connection may."""
        sight = Sight.of(self._registry, actor)
        async with self._turns.turn(actor):
            connection = sight.connection
            new = User(
                id=UserId(self._new_id()),
                version=1,
                company=connection.company,
                domain=connection.domain,
                username="",
                culture=connection.culture,
            )
            want = wanted(document(sent), new, connection)
            before = self._named(sight, want.user.username)
            if before is not None:
                want = wanted(document(sent), before, connection)
            return await self._bring(actor, sight, before, want, base)

    async def replace_user(
        self, actor: Actor, id: str, sent: Any, if_match: str | None, base: str
    ) -> Resource:
        sight = Sight.of(self._registry, actor)
        async with self._turns.turn(actor):
            before = sight.user(id)
            refuse_unseen(self._shown(sight, before, base), if_match)
            want = wanted(document(sent), before, sight.connection)
            return await self._bring(actor, sight, before, want, base)

    async def patch_user(
        self, actor: Actor, id: str, sent: Any, if_match: str | None, base: str
    ) -> Resource:
        sight = Sight.of(self._registry, actor)
        changes = operations(document(sent))
        async with self._turns.turn(actor):
            before = sight.user(id)
            told = self._shown(sight, before, base)
            refuse_unseen(told, if_match)
            want = wanted(patched(told, changes), before, sight.connection)
            return await self._bring(actor, sight, before, want, base)

    async def delete_user(self, actor: Actor, id: str, if_match: str | None) -> None:
        """For ever, with all that is his; of his calls the journal keeps what it has."""
        sight = Sight.of(self._registry, actor)
        async with self._turns.turn(actor):
            before = sight.user(id)
            sight.refuse_foreign(before)
            refuse_unseen(self._shown(sight, before, ""), if_match)
            await self._batches.change_users(actor, [UserChange(before, None)])

    # ------------------------------------------------------------ one user

    def _named(self, sight: Sight, username: str) -> User | None:
        """The one to be taken over. ScimError where the name is taken."""
        for user in self._registry.users_named(username):
            if user.company == sight.connection.company:
                if sight.sees(user) and not sight.owns(user):
                    return user
                raise ScimError(409, f"A user named {username} exists already.", "uniqueness")
        return None

    async def _bring(
        self, actor: Actor, sight: Sight, before: User | None, want: Wanted, base: str
    ) -> Resource:
        devices = self._devices(sight, before, want)
        if before != want.user or devices:
            change = UserChange(before, want.user, devices)
            await self._batches.change_users(actor, [change])
        return self._shown(sight, sight.user(want.user.id), base)

    def _devices(
        self, sight: Sight, before: User | None, want: Wanted
    ) -> tuple[DeviceChange, ...]:
        """By the rules of imports. ScimError where a number is none, or is somebody else's."""
        connection = sight.connection
        link = self._registry.links.get(connection.link or "")
        if link is None:
            return ()
        own = self._registry.devices_of(before.id) if before is not None else ()
        ours = [one for one in own if one.user_import == connection.id]
        if not want.numbers:
            return tuple(DeviceChange(one, None) for one in ours)
        there = numbers_of(connection, own)
        number = there[0] if list(want.numbers) == there else self._number(sight, want)
        at = self._registry.device_at(link.id, number)
        if at is not None and at.user != want.user.id:
            raise ScimError(409, f"{number} belongs already on this link.", "uniqueness")
        known: list[UserDevice] = [*own, *([at] if at is not None and at not in own else [])]
        planning = DevicePlanning(connection, known, link.domain)
        claimed = Claimed(Person({}, ""), before, want.user, number)
        return planning.given([claimed], frozenset(), self._new_id)[0]

    def _number(self, sight: Sight, want: Wanted) -> str:
        connection = sight.connection
        link = self._registry.links[connection.link or ""]
        plan = plan_of(self._registry.domains[link.domain]) if connection.adapt else None
        try:
            return extension(want.numbers, plan)
        except NoExtension as error:
            why = str(error.said) or want.numbers[0]
            said = f"phoneNumbers: no extension ({error.why.value}): {why}"
            raise ScimError(400, said, "invalidValue") from error

    def _shown(self, sight: Sight, user: User, base: str) -> Resource:
        devices = self._registry.devices_of(user.id)
        told = resource(user, sight.connection, devices, sight.groups_of(user.id))
        return finished(told, "User", base)
