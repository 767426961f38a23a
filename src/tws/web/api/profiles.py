"""A user's own profiles: the current device, and the forwarding rules that go with it."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from tws.organisation.actor import Actor, DeviceRowId
from tws.rules.profile import ProfileId
from tws.rules.profile_fields import ProfileFields
from tws.rules.service import MOST
from tws.web.answers import answer, answers
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Number, Text, Version
from tws.web.shown.known import Known
from tws.web.shown.profiles import ProfilesValue, ProfileValue, profile_value, profiles_value

router = Operations("/profiles", tags=["calls"])
CHANGING = ("badRequest", "notSignedIn", "notAllowed", "invalid", "notFound", "conflict")


class ProfileBody(Body):
    name: Text = Field("", examples=["At home"])
    device: Id | None = Field(None, description="Id of one of your devices; null = `number`.")
    number: Number = Field(
        "", description="Of a telephone elsewhere.", examples=["06 12 34 56 78"]
    )
    rules: list[Id] = Field([], max_length=MOST, description="Ids of your forwarding rules.")

    @property
    def fields(self) -> ProfileFields:
        """Those that were sent."""
        fields, sent = ProfileFields(), self.model_fields_set
        if "name" in sent:
            fields["name"] = self.name
        if "device" in sent:
            fields["device"] = None if self.device is None else DeviceRowId(self.device)
        if "number" in sent:
            fields["number"] = self.number
        if "rules" in sent:
            fields["rules"] = self.rules
        return fields


class CreateProfileBody(ProfileBody):
    name: Text = Field(examples=["At home"])


class UpdateProfileBody(ProfileBody):
    version: Version


class ChooseProfileBody(Body):
    profile: Id | None = Field(description="Null: none any more.")


def _all(rooms: Rooms, known: Known, actor: Actor) -> ProfilesValue:
    rooms.profiles.own(actor)  # NotAllowed
    assert actor.user is not None
    return profiles_value(known, actor.user)


@router.get(
    "", operation_id="listProfiles", responses=answers(ProfilesValue, "notSignedIn", "notAllowed")
)
async def list_profiles(rooms: InRooms, known: InKnown, actor: User) -> Response:
    """Your profiles, which one is chosen, and what you may do; `profiles` on the live stream."""
    return answer(_all(rooms, known, actor))


@router.post(
    "",
    operation_id="createProfile",
    status_code=201,
    responses=answers(ProfileValue, *CHANGING, "unavailable", status=201),
)
async def create_profile(
    rooms: InRooms, known: InKnown, actor: User, body: CreateProfileBody
) -> Response:
    """Make a profile, which is not chosen yet."""
    return answer(profile_value(known, await rooms.profiles.create(actor, **body.fields)), 201)


@router.put(
    "/chosen",
    operation_id="chooseProfile",
    responses=answers(ProfilesValue, *CHANGING, "unavailable"),
)
async def choose_profile(
    rooms: InRooms, known: InKnown, actor: User, body: ChooseProfileBody
) -> Response:
    """Call from the current device of a profile, and have its forwarding rules and no others."""
    chosen = None if body.profile is None else ProfileId(body.profile)
    await rooms.profiles.choose(actor, chosen)
    return answer(_all(rooms, known, actor))


@router.patch(
    "/{id}",
    operation_id="updateProfile",
    responses=answers(ProfileValue, *CHANGING, "unavailable"),
)
async def update_profile(
    rooms: InRooms, known: InKnown, actor: User, id: str, body: UpdateProfileBody
) -> Response:
    """Change a profile; what is left out stays. Of the chosen one it holds at once."""
    changed = await rooms.profiles.update(actor, ProfileId(id), body.version, **body.fields)
    return answer(profile_value(known, changed))


@router.delete(
    "/{id}",
    operation_id="deleteProfile",
    status_code=204,
    responses=answers(
        None,
        *("notSignedIn", "notAllowed", "notFound", "conflict", "unavailable"),
        status=204,
    ),
)
async def delete_profile(
    rooms: InRooms, actor: User, id: str, version: Annotated[int, Query(ge=0)]
) -> Response:
    """Delete a profile. Its rules stay."""
    await rooms.profiles.delete(actor, ProfileId(id), version)
    return Response(status_code=204)
