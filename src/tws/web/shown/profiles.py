"""A user's profiles as values."""

from typing import Annotated

import msgspec

from tws.numbering import display_written
from tws.organisation.actor import UserId
from tws.rules.profile import Profile
from tws.web.shown.known import Known
from tws.web.shown.values import Value


class ProfileValue(Value):
    """A current device, and the forwarding rules that go with it."""

    id: str
    version: int
    name: str
    device: Annotated[
        str | None,
        msgspec.Meta(
            description="Id of your device from which you call; null = `number`, or it is yours no"
            " more."
        ),
    ]
    number: Annotated[
        str,
        msgspec.Meta(
            description="The current device is a telephone elsewhere, to which every call is"
            " forwarded, as its number was typed; empty = it is `device`."
        ),
    ]
    display: Annotated[str, msgspec.Meta(description="`number` as people read it.")]
    rules: Annotated[
        list[str],
        msgspec.Meta(description="Ids of the forwarding rules that are switched on with it."),
    ]
    chosen: bool


class ProfileChoicesValue(Value):
    """What the user may do."""

    create: Annotated[bool, msgspec.Meta(description="May make a profile.")]
    new_device: Annotated[
        bool, msgspec.Meta(description="May make a number the current device of a profile.")
    ]


class ProfilesValue(Value):
    """A user's profiles, by their names."""

    profiles: list[ProfileValue]
    choices: ProfileChoicesValue


def profiles_value(known: Known, user: UserId) -> ProfilesValue:
    create, new_device = known.profiles.choices(user)
    return ProfilesValue(
        profiles=[profile_value(known, row) for row in known.profiles.book.of(user)],
        choices=ProfileChoicesValue(create=create, new_device=new_device),
    )


def profile_value(known: Known, row: Profile) -> ProfileValue:
    domain = known.registry.domains[known.registry.users[row.user].domain]
    rules = known.rules.book.of(row.user)
    own = any(one.id == row.device for one in known.registry.devices_of(row.user))
    return ProfileValue(
        id=row.id,
        version=row.version,
        name=row.name,
        device=row.device if own else None,
        number=row.number,
        display=display_written(row.number, domain)[0] if row.number else "",
        rules=[rule.id for rule in rules if rule.id in row.rules],
        chosen=row.chosen,
    )
