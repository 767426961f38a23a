"""The dial plan of a domain, and its tester."""

from typing import Annotated, Literal

import msgspec
from fastapi import Query, Response
from pydantic import Field

from tws.numbering import Verdict, default_rules
from tws.numbering.service import Tested
from tws.numbering.trial import Remark, StepKind
from tws.organisation.actor import DomainId
from tws.organisation.domains import DomainFields
from tws.organisation.model import DialRule, Domain, NumberDirection, NumberExample
from tws.web.answers import answer, answers, refusals
from tws.web.api.admin.described import LOOKING, changed, found
from tws.web.api.domain_fields import Digits
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, FileContent, Number, Text, Version
from tws.web.shown.values import Value

router = Operations("/admin/domains/{id}/dialPlan", tags=["administration"])


class DialRuleValue(Value):
    """Of the rules whose pattern begins a number, the one with the lowest priority is applied."""

    priority: int
    name: str
    pattern: Annotated[
        str, msgspec.Meta(description="In `[`...`]` a regular expression (RE2 syntax).")
    ]
    value: Annotated[str, msgspec.Meta(description="`$1`: the first group of the expression.")]
    longer_only: Annotated[
        bool, msgspec.Meta(description="Only for numbers longer than an internal one.")
    ]


class NumberExampleValue(Value):
    """A number, and what the plan must go on making of it."""

    direction: NumberDirection
    number: str
    expected: str


class DialPlanValue(Value):
    """How numbers of a domain are dialled, recognised and shown."""

    domain: str
    version: Annotated[int, msgspec.Meta(description="Of the domain.")]
    internal_length: int
    country_prefix: str
    external_prefix: str
    international_prefix: str
    national_prefix: str
    inverse_length: int
    incoming_remove: str
    incoming_add: str
    apply_to_caller: bool
    default_outgoing: Annotated[
        bool, msgspec.Meta(description="The outgoing rules are the default set.")
    ]
    outgoing_rules: list[DialRuleValue]
    incoming_rules: list[DialRuleValue]
    emergency_numbers: list[str]
    number_examples: list[NumberExampleValue]


class TriedRule(Value):
    """A rule, as it was tried on the number."""

    rule: DialRuleValue
    pattern: Annotated[str, msgspec.Meta(description="With the settings in place of tokens.")]
    verdict: Verdict
    result: str | None


class TrialStep(Value):
    kind: StepKind
    value: Annotated[str, msgspec.Meta(description="The number, or the key, after it.")]


class BrokenExample(Value):
    """A saved example that the plan does not keep."""

    example: NumberExampleValue
    result: Annotated[str, msgspec.Meta(description="Empty: the number is refused.")]


class TrialValue(Value):
    """What a dial plan makes of a number, every rule tried, and which one won."""

    direction: NumberDirection
    number: str
    result: str
    steps: list[TrialStep]
    tried: list[TriedRule]
    remarks: list[Remark]
    broken: list[BrokenExample]


class DialRuleBody(Body):
    priority: int
    name: Text = ""
    pattern: Text
    value: Text
    longer_only: bool = False


class NumberExampleBody(Body):
    direction: NumberDirection = Field(strict=False)
    number: Number
    expected: Number


class DialPlanBody(Body):
    """What is left out stays. `outgoingRules` null: the default set."""

    internal_length: int = Field(default_factory=int, ge=1, le=20)
    country_prefix: Digits = Field(default_factory=str)
    external_prefix: Digits = Field(default_factory=str)
    international_prefix: Digits = Field(default_factory=str)
    national_prefix: Digits = Field(default_factory=str)
    inverse_length: int = Field(default_factory=int, ge=1, le=20)
    incoming_remove: Digits = Field(default_factory=str)
    incoming_add: Digits = Field(default_factory=str)
    apply_to_caller: bool = Field(default_factory=bool)
    outgoing_rules: list[DialRuleBody] | None = None
    incoming_rules: list[DialRuleBody] = Field(default_factory=list)
    emergency_numbers: list[Digits] = Field(default_factory=list)
    number_examples: list[NumberExampleBody] = Field(default_factory=list)

    def fields(self) -> DomainFields:
        """As the service takes them."""
        given = self.given("version")
        for name, kind in (
            ("outgoing_rules", DialRule),
            ("incoming_rules", DialRule),
            ("number_examples", NumberExample),
        ):
            if given.get(name) is not None:
                given[name] = tuple(kind(**dict(one)) for one in given[name])
        if "emergency_numbers" in given:
            given["emergency_numbers"] = tuple(given["emergency_numbers"])
        fields: DomainFields = given  # type: ignore[assignment]  # the names above are its own
        return fields


class UpdateDialPlanBody(DialPlanBody):
    version: Version


class TestNumberBody(Body):
    direction: NumberDirection = Field(strict=False)
    number: Number = Field(examples=["+33 1 55 17 18 89"])
    draft: DialPlanBody = Field(
        default_factory=DialPlanBody, description="Changes that are not stored yet."
    )


class RulesFileBody(Body):
    content: FileContent


@router.get("", operation_id="getDialPlan", responses=found(DialPlanValue))
async def get_dial_plan(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Settings, rules, emergency numbers and examples."""
    return answer(_plan(rooms.numbering.get(actor, DomainId(id))))


@router.patch("", operation_id="updateDialPlan", responses=changed(DialPlanValue))
async def update_dial_plan(
    rooms: InRooms, actor: Administrator, id: str, body: UpdateDialPlanBody
) -> Response:
    """Refused where a rule cannot be read, or a saved example would come out otherwise."""
    domain = await rooms.numbering.update(actor, DomainId(id), body.version, **body.fields())
    return answer(_plan(domain))


@router.post(
    "/test",
    operation_id="testNumber",
    responses=answers(TrialValue, *LOOKING, "badRequest", "notFound", "invalid"),
)
async def test_number(
    rooms: InRooms, actor: Administrator, id: str, body: TestNumberBody
) -> Response:
    """What the plan, or a draft of it, makes of a number. Nothing is stored or dialled."""
    tested = rooms.numbering.test(
        actor, DomainId(id), body.direction, body.number, **body.draft.fields()
    )
    return answer(_trial(tested))


@router.get(
    "/rules",
    operation_id="exportDialRules",
    responses={
        200: {
            "description": "A file.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
        **refusals(*LOOKING, "notFound", "invalid"),
    },
)
async def export_dial_rules(
    rooms: InRooms,
    actor: Administrator,
    id: str,
    which: Annotated[Literal["outgoing", "incoming"], Query()] = "outgoing",
    format: Annotated[Literal["csv", "json"], Query()] = "csv",
) -> Response:
    """The rules as a file, to be kept or changed elsewhere."""
    incoming = which == "incoming"
    content = rooms.numbering.export(actor, DomainId(id), incoming=incoming, format=format)
    kind = "text/csv; charset=utf-8" if format == "csv" else "application/json"
    name = f'attachment; filename="{which}-rules.{format}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": name})


@router.post(
    "/rules",
    operation_id="readDialRules",
    responses=answers(
        list[DialRuleValue],
        *LOOKING,
        "badRequest",
        "notFound",
        "invalid",
        description="The rules in the file.",
    ),
)
async def read_dial_rules(
    rooms: InRooms, actor: Administrator, id: str, body: RulesFileBody
) -> Response:
    """Rules from a CSV or JSON file, checked. Nothing is stored: send them by `updateDialPlan`."""
    rules = rooms.numbering.read_file(actor, DomainId(id), body.content)
    return answer([_rule(rule) for rule in rules])


def _rule(rule: DialRule) -> DialRuleValue:
    return msgspec.convert(rule, DialRuleValue, from_attributes=True)


def _example(example: NumberExample) -> NumberExampleValue:
    return msgspec.convert(example, NumberExampleValue, from_attributes=True)


def _plan(domain: Domain) -> DialPlanValue:
    outgoing = default_rules() if domain.outgoing_rules is None else domain.outgoing_rules
    return DialPlanValue(
        domain=domain.id,
        version=domain.version,
        internal_length=domain.internal_length,
        country_prefix=domain.country_prefix,
        external_prefix=domain.external_prefix,
        international_prefix=domain.international_prefix,
        national_prefix=domain.national_prefix,
        inverse_length=domain.inverse_length,
        incoming_remove=domain.incoming_remove,
        incoming_add=domain.incoming_add,
        apply_to_caller=domain.apply_to_caller,
        default_outgoing=domain.outgoing_rules is None,
        outgoing_rules=[_rule(rule) for rule in outgoing],
        incoming_rules=[_rule(rule) for rule in domain.incoming_rules],
        emergency_numbers=list(domain.emergency_numbers),
        number_examples=[_example(one) for one in domain.number_examples],
    )


def _trial(tested: Tested) -> TrialValue:
    found = tested.trial
    return TrialValue(
        direction=found.direction,
        number=found.number,
        result=found.result,
        steps=[TrialStep(step.kind, step.value) for step in found.steps],
        tried=[
            TriedRule(_rule(one.rule), one.pattern, one.verdict, one.result) for one in found.tried
        ],
        remarks=list(found.remarks),
        broken=[BrokenExample(_example(one.example), one.result) for one in tested.broken],
    )
