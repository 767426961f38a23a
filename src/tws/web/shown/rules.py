"""A user's forwarding rules, and what they do, as values."""

from typing import Annotated

import msgspec

from tws.numbering import display, display_written
from tws.organisation.actor import UserId
from tws.organisation.model import User, UserDevice
from tws.rules.model import Effect, ForwardingRule, Presence
from tws.telephony.model import CallOrigin, Forwarding, ForwardingType
from tws.web.shown.known import Known
from tws.web.shown.values import Value


class RuleEffectValue(Value):
    """What a rule does on one telephone."""

    device: Annotated[str, msgspec.Meta(description="Id.")]
    number: str
    effect: Annotated[
        Effect,
        msgspec.Meta(
            description="`inForce`: the telephone forwards by it. `asked`: it is being written."
            " `off`: it is switched off. `notNow`: it is for another presence. `behind`: a rule"
            " before it is for the same calls. `changed`: it was changed at the telephone, which"
            " counts. `taken`: a forwarding made at the telephone stands there. `notOffered`: this"
            " telephone has no such forwarding. `itself`: it leads to this telephone. `refused`:"
            " by the PBX, see `cause`. `linkDown`: it is written once the PBX can be asked."
            " `notAllowed`: what it needs was taken from the user."
        ),
    ]
    cause: Annotated[str | None, msgspec.Meta(description="An ECMA-269 error.")]
    reason: Annotated[str | None, msgspec.Meta(description="The PBX's own words.")]


class ForwardingRuleValue(Value):
    """A forwarding rule. The first that is active and fits counts."""

    id: str
    version: int
    active: bool
    origin: CallOrigin
    presences: Annotated[
        list[Presence],
        msgspec.Meta(
            description="When it applies; the four but `calendar` are always. `calendar`: while"
            " the calendar says busy."
        ),
    ]
    type: ForwardingType
    destination: Annotated[str, msgspec.Meta(description="As it was typed.")]
    display: Annotated[str, msgspec.Meta(description="The destination as people read it.")]
    name: Annotated[str | None, msgspec.Meta(description="Of the colleague it leads to.")]
    effects: list[RuleEffectValue]


class TelephoneForwardingValue(Value):
    """A forwarding that was made at the telephone, or by another program: no rule did it."""

    device: Annotated[str, msgspec.Meta(description="Id.")]
    number: str
    type: ForwardingType
    origin: CallOrigin
    destination: str
    display: str
    name: Annotated[str | None, msgspec.Meta(description="Of the colleague it leads to.")]
    ring_duration: Annotated[int | None, msgspec.Meta(description="Seconds.")]


class RuleChoicesValue(Value):
    """What the user may choose for a rule."""

    change: Annotated[bool, msgspec.Meta(description="May have rules at all.")]
    origins: list[CallOrigin]
    presences: list[Presence]
    types: list[ForwardingType]


class RulesValue(Value):
    """A user's forwarding rules in their order, and what the telephones forward besides."""

    rules: list[ForwardingRuleValue]
    telephones: Annotated[
        list[TelephoneForwardingValue],
        msgspec.Meta(description="Empty where the user may not see them."),
    ]
    choices: RuleChoicesValue
    seconds: Annotated[
        int, msgspec.Meta(description="After which a call that nobody answers is forwarded.")
    ]


def rules_value(known: Known, user: User) -> RulesValue:
    choices = known.rules.allowed.choices(user.id)
    made = known.forwarder.made_there(user.id)
    shown = known.rules.allowed.sees_telephone(user.id)
    return RulesValue(
        rules=[rule_value(known, rule) for rule in known.rules.book.of(user.id)],
        telephones=[_telephone(known, row, one) for row, one in made] if shown else [],
        choices=RuleChoicesValue(
            change=choices.change,
            origins=list(choices.origins),
            presences=list(choices.presences),
            types=list(choices.types),
        ),
        seconds=known.forwarder.seconds(user.id),
    )


def rule_value(known: Known, rule: ForwardingRule) -> ForwardingRuleValue:
    domain = known.registry.domains[known.registry.users[rule.user].domain]
    return ForwardingRuleValue(
        id=rule.id,
        version=rule.version,
        active=rule.active,
        origin=rule.origin,
        presences=list(rule.presences),
        type=rule.type,
        destination=rule.destination,
        display=display_written(rule.destination, domain)[0],
        name=_name(known, known.rules.leading.colleague(rule)),
        effects=_effects(known, rule),
    )


def _effects(known: Known, rule: ForwardingRule) -> list[RuleEffectValue]:
    found = []
    for device, standings in known.forwarder.standings(rule.user).items():
        row, standing = known.registry.devices.get(device), standings.get(rule.id)
        if row is not None and standing is not None:
            found.append(
                RuleEffectValue(
                    device=row.id,
                    number=row.number,
                    effect=standing.effect,
                    cause=standing.cause,
                    reason=standing.reason,
                )
            )
    return found


def _telephone(known: Known, row: UserDevice, one: Forwarding) -> TelephoneForwardingValue:
    to = one.destination or ""
    other = known.registry.device_at(row.link, to)
    return TelephoneForwardingValue(
        device=row.id,
        number=row.number,
        type=one.type,
        origin=one.origin,
        destination=to,
        display=display(to, known.registry.domains[row.domain]),
        name=None if other is None else _name(known, other.user),
        ring_duration=one.ring_duration,
    )


def _name(known: Known, user: UserId | None) -> str | None:
    row = None if user is None else known.registry.users.get(user)
    return None if row is None else row.display_name
