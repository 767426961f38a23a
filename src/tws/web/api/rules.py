"""A user's own forwarding rules."""

from typing import Annotated, Literal

from fastapi import Query, Response
from pydantic import Field

from tws.organisation.actor import Actor
from tws.rules.model import ForwardingRule, Presence, RuleId
from tws.rules.service import MOST, RuleFields
from tws.telephony.model import CallOrigin, ForwardingType
from tws.web.answers import answer, answers
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Number, Version
from tws.web.shown.known import Known
from tws.web.shown.rules import ForwardingRuleValue, RulesValue, rule_value, rules_value

router = Operations("/forwarding-rules", tags=["calls"])
CHANGING = ("badRequest", "notSignedIn", "notAllowed", "invalid", "conflict", "unavailable")
Origins = Literal["all", "internal", "external"]
Presences = Literal["online", "busy", "absent", "offline", "calendar"]
Types = Literal["immediate", "busy", "noAnswer"]


class RuleBody(Body):
    active: bool = True
    origin: Origins = Field("all", description="To which calls it applies.")
    presences: list[Presences] = Field(
        ["online", "busy", "absent", "offline"],
        max_length=len(Presence),
        description="When it applies; these four are always. `calendar`: while the calendar says"
        " busy.",
    )
    type: Types = "noAnswer"
    destination: Number = Field("", examples=["01 55 17 18 89"])

    @property
    def fields(self) -> RuleFields:
        """Those that were sent."""
        fields, sent = RuleFields(), self.model_fields_set
        if "active" in sent:
            fields["active"] = self.active
        if "origin" in sent:
            fields["origin"] = CallOrigin(self.origin)
        if "presences" in sent:
            fields["presences"] = [Presence(one) for one in self.presences]
        if "type" in sent:
            fields["type"] = ForwardingType(self.type)
        if "destination" in sent:
            fields["destination"] = self.destination
        return fields


class CreateRuleBody(RuleBody):
    destination: Number = Field(examples=["01 55 17 18 89"])

    @property
    def made(self) -> RuleFields:
        return RuleFields(
            active=self.active,
            origin=CallOrigin(self.origin),
            presences=[Presence(one) for one in self.presences],
            type=ForwardingType(self.type),
            destination=self.destination,
        )


class UpdateRuleBody(RuleBody):
    version: Version


class OrderRulesBody(Body):
    rules: list[Id] = Field(max_length=MOST)


def _all(rooms: Rooms, known: Known, actor: Actor) -> RulesValue:
    rooms.rules.own(actor)  # NotAllowed
    assert actor.user is not None
    return rules_value(known, rooms.registry.users[actor.user])


def _one(known: Known, rule: ForwardingRule) -> ForwardingRuleValue:
    return rule_value(known, rule)


@router.get(
    "",
    operation_id="listForwardingRules",
    responses=answers(RulesValue, "notSignedIn", "notAllowed"),
)
async def list_forwarding_rules(rooms: InRooms, known: InKnown, actor: User) -> Response:
    """Your forwarding rules in their order, what each does now, what your telephones forward
    besides, and what you may choose."""
    return answer(_all(rooms, known, actor))


@router.post(
    "",
    operation_id="createForwardingRule",
    status_code=201,
    responses=answers(ForwardingRuleValue, *CHANGING, status=201),
)
async def create_forwarding_rule(
    rooms: InRooms, known: InKnown, actor: User, body: CreateRuleBody
) -> Response:
    """Make a rule, at the end of your list."""
    return answer(_one(known, await rooms.rules.create(actor, **body.made)), 201)


@router.put(
    "/order",
    operation_id="orderForwardingRules",
    responses=answers(RulesValue, *CHANGING, "notFound"),
)
async def order_forwarding_rules(
    rooms: InRooms, known: InKnown, actor: User, body: OrderRulesBody
) -> Response:
    """Put your rules into this order; those not named follow."""
    await rooms.rules.order(actor, [RuleId(id) for id in body.rules])
    return answer(_all(rooms, known, actor))


@router.patch(
    "/{id}",
    operation_id="updateForwardingRule",
    responses=answers(ForwardingRuleValue, *CHANGING, "notFound"),
)
async def update_forwarding_rule(
    rooms: InRooms, known: InKnown, actor: User, id: str, body: UpdateRuleBody
) -> Response:
    """Change a rule, or switch it on or off; what is left out stays."""
    changed = await rooms.rules.update(actor, RuleId(id), body.version, **body.fields)
    return answer(_one(known, changed))


@router.delete(
    "/{id}",
    operation_id="deleteForwardingRule",
    status_code=204,
    responses=answers(
        None, "notSignedIn", "notAllowed", "notFound", "conflict", "unavailable", status=204
    ),
)
async def delete_forwarding_rule(
    rooms: InRooms, actor: User, id: str, version: Annotated[int, Query(ge=0)]
) -> Response:
    """Delete a rule; what it set in the PBX is taken back."""
    await rooms.rules.delete(actor, RuleId(id), version)
    return Response(status_code=204)
