"""What people say of a profile, and whether they may: the telephone is their own, the rules too,
and a number is the current device of nobody whose parameters say No (9.1)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypedDict

from tws.errors import Conflict, Invalid, missing
from tws.numbering import dialable
from tws.organisation import words
from tws.organisation.actor import DeviceRowId, UserId
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_CURRENT_DEVICE
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import forbidden_by
from tws.organisation.registry import Registry
from tws.rules.profile import Profile


class ProfileFields(TypedDict, total=False):
    """What people say of a profile: see `Profile`."""

    name: str
    device: DeviceRowId | None
    number: str
    rules: Sequence[str]


class ProfileRights:
    def __init__(self, registry: Registry) -> None:
        self._registry, self._parameters = registry, Parameters(registry)

    def has(self, user: UserId, parameter: str) -> bool:
        return self._parameters.effective(user, parameter) is True

    def refuse_without(self, user: UserId, parameter: str) -> None:
        """NotAllowed."""
        if not self.has(user, parameter):
            raise forbidden_by(parameter)

    def owns(self, user: UserId, device: DeviceRowId | None) -> bool:
        return any(row.id == device for row in self._registry.devices_of(user))

    def checked(
        self, before: Profile, row: Profile, others: Collection[Profile], rules: Collection[str]
    ) -> Profile:
        """As it is written. `others`: of the same user; `rules`: those that the user has. Invalid,
        Conflict, NotAllowed, NotFound."""
        name = words.name(row.name, "name", words="a name")
        if any(one.name.casefold() == name.casefold() for one in others):
            raise Conflict(
                "You have a profile of this name.", why="profileNameTaken", field="name"
            )
        if row.number:
            if row.number != before.number:
                self.refuse_without(row.user, AUTHORIZED_CURRENT_DEVICE)
            domain = self._registry.domains[self._registry.users[row.user].domain]
            dialable(row.number, domain)
            row = replace(row, device=None)
        elif row.device is None:
            raise Invalid("Choose one of your telephones.", field="device", why="needed")
        elif row.device != before.device and not self.owns(row.user, row.device):
            raise missing("telephone", "device")
        if not set(rules).issuperset(set(row.rules) - set(before.rules)):
            raise missing("forwarding rule", "rules")
        return replace(row, name=name, rules=tuple(id for id in row.rules if id in rules))


def changed(row: Profile, fields: ProfileFields) -> Profile:
    """Of device and number the one that is said counts."""
    device, number = fields.get("device", row.device), fields.get("number", row.number).strip()
    if fields.get("device") is not None and "number" not in fields:
        number = ""
    return replace(
        row,
        name=fields.get("name", row.name),
        device=device,
        number=number,
        rules=tuple(dict.fromkeys(fields.get("rules", row.rules))),
    )
