"""The helpers of a desk: which there are, what they do, and the calls that they show."""

from typing import Annotated

import msgspec

from tws.desk.model import Helper, RunOutcome
from tws.organisation.actor import UserId
from tws.organisation.applications import Application
from tws.organisation.model import User, UserDevice
from tws.organisation.preferences.choices import Choices, Trigger
from tws.telephony.model import ConnectionState, Direction, LegId
from tws.web.shown.calls import CallValue, calls
from tws.web.shown.known import Known
from tws.web.shown.preferences import QuietHoursValue, quiet_hours
from tws.web.shown.values import Value

MOST_LINES = 6
"Of a template, in a notification."


class HelperValue(Value):
    """A helper that is connected."""

    computer: Annotated[str, msgspec.Meta(description="What it calls its computer.")]
    address: Annotated[str, msgspec.Meta(description="From where it comes.")]


class DeskValue(Value):
    """What runs on your computers beside the page."""

    helpers: list[HelperValue]


class HelperDutiesValue(Value):
    """For the helper of a desk: what it does now."""

    username: str
    selected: Annotated[
        str, msgspec.Meta(description="The key that calls what is selected; empty: none.")
    ]
    numbers: Annotated[
        list[int], msgspec.Meta(description="n of each Ctrl+Fn that calls a chosen number.")
    ]
    programs: Annotated[
        list[str], msgspec.Meta(description="Full paths of those that it may be told to start.")
    ]
    quiet: bool
    quiet_hours: QuietHoursValue | None
    time_zone: Annotated[str, msgspec.Meta(description="IANA name: of these hours.")]
    culture: Annotated[str, msgspec.Meta(description="fr, en, or Auto.")]


class CallNoticeValue(Value):
    """For the helper of a desk: a call that rings, as it is shown."""

    connection: Annotated[str, msgspec.Meta(description="The leg.")]
    title: Annotated[str, msgspec.Meta(description="Who calls; empty: nobody knows.")]
    lines: Annotated[
        list[str],
        msgspec.Meta(description="The texts of the Alerter's template, else what is known."),
    ]


class RanValue(Value):
    """What became of a program."""

    outcome: RunOutcome
    computer: str


def desk(found: tuple[Helper, ...]) -> DeskValue:
    return DeskValue(
        helpers=[HelperValue(computer=one.computer, address=one.address) for one in found]
    )


def duties(known: Known, user: User) -> HelperDutiesValue:
    keys = known.desk_calls.keys(user.id)
    chosen = known.registry.choices_of(user.id)
    hours = chosen.quiet_hours
    alerted = Application.ALERTER in known.registry.applications(user.id)
    domain = known.registry.domains.get(user.domain)
    return HelperDutiesValue(
        username=user.username,
        selected=keys.selected,
        numbers=list(keys.numbers),
        programs=list(known.alerter.programs(user.id)) if alerted else [],
        quiet=chosen.quiet,
        quiet_hours=None if hours is None else quiet_hours(hours),
        time_zone="" if domain is None else domain.time_zone,
        culture=user.culture,
    )


def notices(known: Known, user: UserId) -> list[CallNoticeValue]:
    """The calls that ring, where the user wants them shown so."""
    chosen = known.registry.choices_of(user)
    if not chosen.notified_by_helper:
        return []
    return [
        CallNoticeValue(
            connection=call.connection,
            title=_who(call),
            lines=_drawn(known, device, call, chosen) or _plain(call),
        )
        for device in known.registry.devices_of(user)
        for call in calls(known, device)
        if call.state is ConnectionState.ALERTING and call.direction is Direction.INCOMING
    ]


def _who(call: CallValue) -> str:
    party = next(iter(call.parties), None)
    return "" if party is None else party.name or party.display or ""


def _plain(call: CallValue) -> list[str]:
    known = [(one.display, one.company) for one in call.parties if one.name]
    return [text for pair in known for text in pair if text]


def _drawn(known: Known, device: UserDevice, call: CallValue, chosen: Choices) -> list[str]:
    """The texts of the template, from above to below, where it is shown as soon as it rings."""
    if chosen.screen_pop is not Trigger.RINGING:
        return []
    if Application.ALERTER not in known.registry.applications(device.user):
        return []
    found = known.state.leg(LegId(call.connection))
    pop = None if found is None else known.alerter.pop(device, *found)
    drawn = () if pop is None else pop.elements
    texts = sorted((each.y, each.x, each.text) for each in drawn if each.kind == "text")
    return [text for _, _, text in texts][:MOST_LINES]
