"""Groups by SCIM, with those of their members that the connection knows of."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tws.errors import Invalid
from tws.organisation.actor import Actor, GroupId, UserId
from tws.organisation.groups import Groups
from tws.organisation.model import Group
from tws.organisation.registry import Registry
from tws.organisation.words import fold
from tws.protocols.scim.asking import Asked, Shown
from tws.protocols.scim.attributes import GROUP, Resource
from tws.protocols.scim.errors import ScimError
from tws.protocols.scim.patching import operations, patched
from tws.provisioning.reading import document, elements, text
from tws.provisioning.resources import EVERYTHING, Listing, Turns, finished, refuse_unseen
from tws.provisioning.sight import Sight

LONGEST_KEY = 255
TEXTS: dict[str, Callable[[Group], str]] = {
    "id": lambda group: group.id,
    "displayname": lambda group: group.name,
    "externalid": lambda group: group.external_key,
}


class ProvisionedGroups:
    def __init__(
        self, registry: Registry, groups: Groups, turns: Turns, new_id: Callable[[], str]
    ) -> None:
        self._registry, self._groups = registry, groups
        self._turns, self._new_id = turns, new_id

    async def list_groups(self, actor: Actor, asked: Asked, base: str) -> Resource:
        """`base`: the address above the endpoints, here and below."""
        sight = Sight.of(self._registry, actor)
        shown = EVERYTHING if asked.filter is not None else asked.shown
        listing = Listing[Group](lambda group: _shown(sight, group, base, shown), TEXTS)
        return await listing.answer(sight.groups(), asked)

    def get_group(self, actor: Actor, id: str, base: str) -> Resource:
        sight = Sight.of(self._registry, actor)
        return _shown(sight, sight.group(id), base)

    async def create_group(self, actor: Actor, sent: Any, base: str) -> Resource:
        """Or take over the one of that name, where the connection may."""
        sight = Sight.of(self._registry, actor)
        async with self._turns.turn(actor):
            connection = sight.connection
            want = document(sent)
            before = _named(sight, text(want, "displayName"))
            base_row = before or Group(
                id=GroupId(self._new_id()),
                version=1,
                company=connection.company,
                domain=connection.domain,
                name="",
            )
            return await self._bring(actor, sight, before, _wanted(sight, want, base_row), base)

    async def replace_group(
        self, actor: Actor, id: str, sent: Any, if_match: str | None, base: str
    ) -> Resource:
        sight = Sight.of(self._registry, actor)
        async with self._turns.turn(actor):
            before = sight.group(id)
            refuse_unseen(_shown(sight, before, base), if_match)
            after = _wanted(sight, document(sent), before)
            return await self._bring(actor, sight, before, after, base)

    async def patch_group(
        self, actor: Actor, id: str, sent: Any, if_match: str | None, base: str
    ) -> Resource:
        sight = Sight.of(self._registry, actor)
        changes = operations(document(sent))
        async with self._turns.turn(actor):
            before = sight.group(id)
            told = _shown(sight, before, base)
            refuse_unseen(told, if_match)
            after = _wanted(sight, patched(told, changes), before)
            return await self._bring(actor, sight, before, after, base)

    async def delete_group(self, actor: Actor, id: str, if_match: str | None) -> None:
        """Conflict while something is granted to it."""
        sight = Sight.of(self._registry, actor)
        async with self._turns.turn(actor):
            before = sight.group(id)
            sight.refuse_foreign(before)
            refuse_unseen(_shown(sight, before, ""), if_match)
            await self._groups.delete_group(actor, before.id, before.version)

    async def _bring(
        self, actor: Actor, sight: Sight, before: Group | None, after: Group, base: str
    ) -> Resource:
        if before != after:
            try:
                await self._groups.write_group(actor, before, after)
            except Invalid as error:
                raise ScimError(400, f"displayName: {error.message}.", "invalidValue") from error
        return _shown(sight, sight.group(after.id), base)


def _wanted(sight: Sight, sent: Mapping[str, Any], base: Group) -> Group:
    """Members of whom the connection knows nothing stay. ScimError."""
    name, key = text(sent, "displayName"), text(sent, "externalId")
    if not name.strip():
        raise ScimError(400, "displayName is needed.", "invalidValue")
    if len(key) > LONGEST_KEY:
        raise ScimError(400, f"externalId: longer than {LONGEST_KEY}.", "invalidValue")
    members = frozenset(UserId(text(one, "value")) for one in elements(sent, "members"))
    for id in members:
        user = sight.registry.users.get(id)
        if user is None or not sight.sees(user):
            raise ScimError(400, f"members: there is no user {id}.", "invalidValue")
    hidden = base.members.difference(user.id for user in _seen(sight, base))
    return replace(
        base,
        name=name.strip(),
        external_key=key,
        members=members | hidden,
        brought_by=sight.connection.id,
    )


def _named(sight: Sight, name: str) -> Group | None:
    """The one to be taken over. ScimError where the name is taken."""
    for group in sight.registry.groups.values():
        if group.domain == sight.connection.domain and fold(group.name) == fold(name.strip()):
            if sight.sees(group) and not sight.owns(group):
                return group
            raise ScimError(409, f"A group named {name} exists already.", "uniqueness")
    return None


def _seen(sight: Sight, group: Group) -> list[Any]:
    """Its members of whom the connection knows, oldest first."""
    there = (sight.registry.users.get(id) for id in sorted(group.members))
    return [user for user in there if user is not None and sight.sees(user)]


def _shown(sight: Sight, group: Group, base: str, shown: Shown = EVERYTHING) -> Resource:
    told: Resource = {"schemas": [GROUP], "id": group.id, "displayName": group.name}
    if group.external_key:
        told["externalId"] = group.external_key
    if shown.shows("members"):
        told["members"] = [
            {"value": user.id, "display": user.display_name, "type": "User"}
            for user in _seen(sight, group)
        ]
    return finished(told, "Group", base)
