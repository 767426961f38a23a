"""Writes what users' rules say into their telephones, through the PBX, and hears what it makes of
it.

A user's telephones are looked at whenever something may be other: a rule, the presence, what the
PBX reports, the link. What has to be done is decided by `deciding`; what was done is stored, so
that it is known after a restart, and when the telephone is nobody's any more. While a link is down
nothing is asked, and nothing is lost: all of it is looked at again when it is up.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import structlog

from tws.errors import Invalid
from tws.numbering import heard, plan_of, same
from tws.organisation.actor import DeviceRowId, UserId
from tws.organisation.model import Domain, UserDevice
from tws.organisation.parameters.catalogue.rules import WAITTIMENOREPLYPBX
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.rules.allowed import Allowed
from tws.rules.deciding import Same, Step, decide, ours, refused, step
from tws.rules.leading import Leading
from tws.rules.memory import Memory
from tws.rules.model import (
    Effect,
    ForwardingRule,
    Kept,
    Mark,
    Place,
    Presence,
    RuleId,
    Slot,
    Standing,
    Target,
)
from tws.rules.telephones import Telephones
from tws.telemetry import personal
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER
from tws.telephony.model import Forwarding, ForwardingType
from tws.telephony.requests import Refusal

Now = Callable[[UserId], Sequence[Collection[Presence]]]
"What may hold for somebody: one, or several while it is not known which."
Standings = Mapping[RuleId, Standing]
UNKNOWN = (LINK_DOWN, NO_ANSWER)
"The PBX may have done it or not."
_BAD_FIRST = (Effect.REFUSED, Effect.TAKEN, Effect.CHANGED)
log = structlog.get_logger(__name__)


class Applying:
    """One telephone at a time."""

    def __init__(
        self,
        registry: Registry,
        allowed: Allowed,
        leading: Leading,
        memory: Memory,
        telephones: Telephones,
        now: Now,
    ) -> None:
        self._registry, self._parameters = registry, Parameters(registry)
        self._allowed, self._leading = allowed, leading
        self._memory, self._telephones, self._now = memory, telephones, now
        self._refused: dict[DeviceRowId, dict[Slot, tuple[Target | None, Refusal]]] = {}
        "What the PBX would not do: it is not asked again for the same while its link is up."

    async def apply(self, row: UserDevice, rules: Sequence[ForwardingRule]) -> Standings:
        """Do what is to be done, and what the rules do then. Refusal where the PBX does not
        answer; StorageUnavailable, before anything is done."""
        domain = self._registry.domains.get(row.domain)
        kept = self._memory.of(place_of(row))
        standings = {rule.id: Standing(Effect.OFF) for rule in rules if not rule.active}
        live = [rule for rule in rules if rule.active and not self._allowed.rests(rule)]
        standings |= {
            rule.id: Standing(Effect.NOT_ALLOWED)
            for rule in rules
            if rule.active and rule not in live
        }
        if domain is None or not (live or kept):
            return standings
        if not self._telephones.reachable(place_of(row)):
            self.link_down(row.id)
            return standings | {rule.id: Standing(Effect.LINK_DOWN) for rule in live}
        targets, wrong = self._targets(row, domain, live)
        standings |= wrong
        live = [rule for rule in live if rule.id in targets]
        offered = self._telephones.offered(place_of(row))
        decision, *others = [decide(live, now, offered) for now in self._now(row.user)]
        if any(other.slots != decision.slots for other in others):
            # It is not known yet which: what is there stays for so long.
            return standings | {rule.id: Standing(Effect.ASKED) for rule in live}
        standings |= {id: Standing(effect) for id, effect in decision.without.items()}
        wanted = {slot: targets[rule.id] for slot, rule in decision.slots.items()}
        effects = await self._do(row, domain, wanted)
        for slot, rule in decision.slots.items():
            standings[rule.id] = _worse(standings.get(rule.id), effects[slot])
        return standings

    def link_down(self, device: DeviceRowId) -> None:
        """What the PBX refused is asked again once its link is up."""
        self._refused.pop(device, None)

    async def take_back(self, place: Place) -> None:
        """What was set on a telephone that is nobody's: what the PBX has not taken away stays
        known. Refusal, where that is to be tried again; StorageUnavailable."""
        link, kept = self._registry.links.get(place.link), self._memory.of(place)
        domain = None if link is None else self._registry.domains.get(link.domain)
        if domain is None or not kept or not self._telephones.reachable(place):
            return
        self._telephones.forget(place)
        found = await self._found(place, kept)
        for slot, known in kept.items():
            one = step(None, found.get(slot), known, _same(domain))
            await self._memory.write(place, {slot: one.kept})
            if one.clear:
                await self._clear(place, slot, one)

    async def _clear(self, place: Place, slot: Slot, one: Step) -> None:
        try:
            await self._telephones.set(place, slot, None)
        except Refusal as refusal:
            if refusal.cause in UNKNOWN:
                raise
            log.warning(
                "rule not taken back: refused by the PBX",
                link=place.link,
                device=personal(place.number),
                cause=refusal.cause,
            )
            await self._memory.write(place, {slot: refused(one)})
        else:
            await self._memory.write(place, {slot: None})

    def not_ours(self, row: UserDevice) -> list[Forwarding]:
        """What the telephone forwards that we did not set, so far as the PBX has told."""
        domain = self._registry.domains.get(row.domain)
        kept = self._memory.of(place_of(row))
        return [
            one
            for slot, one in self._telephones.known(place_of(row)).items()
            if domain is not None and not ours(one.destination, kept.get(slot), _same(domain))
        ]

    def seconds(self, user: UserId) -> int:
        return int(self._parameters.effective(user, WAITTIMENOREPLYPBX))

    # ------------------------------------------------------------ one telephone

    def _targets(
        self, row: UserDevice, domain: Domain, rules: Sequence[ForwardingRule]
    ) -> tuple[dict[RuleId, Target], dict[RuleId, Standing]]:
        seconds = self.seconds(row.user)
        targets: dict[RuleId, Target] = {}
        wrong: dict[RuleId, Standing] = {}
        for rule in rules:
            try:
                number = self._leading.dialled(rule, domain)
            except Invalid as error:
                wrong[rule.id] = Standing(Effect.REFUSED, reason=error.message)
                continue
            if number == row.number:
                wrong[rule.id] = Standing(Effect.ITSELF)
                continue
            waits = rule.type is ForwardingType.NO_ANSWER
            targets[rule.id] = Target(number, seconds if waits else None)
        return targets, wrong

    async def _found(self, place: Place, kept: Mapping[Slot, Kept]) -> Mapping[Slot, str]:
        told = await self._telephones.found(place)
        if told is None:
            # A PBX that never says so: what was set stands.
            return {slot: one.target.destination for slot, one in kept.items()}
        return {slot: one.destination or "" for slot, one in told.items()}

    async def _do(
        self, row: UserDevice, domain: Domain, wanted: Mapping[Slot, Target]
    ) -> Mapping[Slot, Standing]:
        place = place_of(row)
        kept = self._memory.of(place)
        found = await self._found(place, kept)
        steps = {
            slot: step(wanted.get(slot), found.get(slot), kept.get(slot), _same(domain))
            for slot in (*wanted, *(slot for slot in kept if slot not in wanted))
        }
        refusals = self._refused.setdefault(row.id, {})
        for slot in [slot for slot in refusals if refusals[slot][0] != wanted.get(slot)]:
            del refusals[slot]
        # What is set comes before what is taken away: no call rings where it should not.
        ordered = sorted(steps.items(), key=lambda item: item[1].clear)
        return {slot: await self._take(row, slot, one, refusals) for slot, one in ordered}

    async def _take(
        self,
        row: UserDevice,
        slot: Slot,
        one: Step,
        refusals: dict[Slot, tuple[Target | None, Refusal]],
    ) -> Standing:
        if slot in refusals:
            return _refusal(refusals[slot][1])
        place = place_of(row)
        await self._memory.write(place, {slot: one.kept})
        if one.set is None and not one.clear:
            return Standing(one.effect)
        try:
            await self._telephones.set(place, slot, one.set)
        except Refusal as refusal:
            if refusal.cause in UNKNOWN:
                raise
            log.info(
                "rule refused by the PBX",
                link=row.link,
                device=personal(row.number),
                cause=refusal.cause,
            )
            refusals[slot] = one.set, refusal
            await self._memory.write(place, {slot: refused(one)})
            return _refusal(refusal)
        after = None if one.set is None else Kept(one.set, Mark.SET)
        await self._memory.write(place, {slot: after})
        return Standing(Effect.NOT_NOW if one.set is None else Effect.IN_FORCE)


def place_of(row: UserDevice) -> Place:
    return Place(row.link, row.number)


def _same(domain: Domain) -> Same:
    """Whether two numbers, as the PBX is sent them or reports them, are one line."""
    plan = plan_of(domain)

    def is_same(a: str, b: str) -> bool:
        one, other = heard(a, plan), heard(b, plan)
        if one is None or other is None:
            return a == b
        return same(one, other, plan.inverse_length)

    return is_same


def _refusal(refusal: Refusal) -> Standing:
    return Standing(Effect.REFUSED, refusal.cause, refusal.detail)


def _worse(known: Standing | None, other: Standing) -> Standing:
    """Of a rule that takes two places: what hinders one is to be said."""
    if known is None or other.effect in _BAD_FIRST:
        return other
    return known
