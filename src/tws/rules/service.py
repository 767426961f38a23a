"""A user's own forwarding rules: made, changed, ordered and deleted."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TypedDict, Unpack

from tws.errors import Conflict, Invalid, missing
from tws.organisation.actor import Actor, UserId
from tws.organisation.permission import caller_user
from tws.organisation.registry import Registry
from tws.records import changing
from tws.records.changing import ChangingRows
from tws.rules.allowed import Allowed, Choices
from tws.rules.book import FORWARDING_RULE, RuleBook, renumbered
from tws.rules.leading import Leading
from tws.rules.model import ALWAYS, ForwardingRule, Presence, RuleId
from tws.storage import Storage, Transaction, new_id
from tws.telephony.model import CallOrigin, ForwardingType

MOST = 50
"Rules of one user."


class RuleFields(TypedDict, total=False):
    """What people say of a rule: see `ForwardingRule`."""

    active: bool
    origin: CallOrigin
    presences: Sequence[Presence]
    type: ForwardingType
    destination: str


class RuleService(ChangingRows):
    def __init__(self, storage: Storage, registry: Registry, book: RuleBook) -> None:
        super().__init__(storage)
        self._registry, self.book = registry, book
        self._changing = asyncio.Lock()
        self.allowed, self.leading = Allowed(registry), Leading(registry, book)

    # ------------------------------------------------------------ reading

    def own(self, actor: Actor) -> list[ForwardingRule]:
        """In their order."""
        return self.book.of(_user(actor))

    def choices(self, actor: Actor) -> Choices:
        """What may be chosen for a rule."""
        return self.allowed.choices(_user(actor))

    def first_active(self, user: UserId) -> ForwardingRule | None:
        """The first rule that is switched on and does not rest; for those who may see it."""
        rules = (one for one in self.book.of(user) if one.active and not self.allowed.rests(one))
        return next(rules, None)

    # ------------------------------------------------------------ changing

    async def create(self, actor: Actor, **fields: Unpack[RuleFields]) -> ForwardingRule:
        """At the end of the list. NotAllowed, Invalid; Conflict where calls would come back."""
        user = self._registry.users[_user(actor)]
        blank = ForwardingRule(
            id=RuleId(new_id()),
            version=1,
            company=user.company,
            user=user.id,
            position=0,
            active=True,
            origin=CallOrigin.ALL,
            presences=(),
            type=ForwardingType.NO_ANSWER,
            destination="",
        )
        made = self._checked(_changed(blank, fields))
        async with self.turn() as tx:
            before = self.book.of(user.id)
            if len(before) >= MOST:
                raise Conflict(
                    f"You have {MOST} rules, which is the most.",
                    why="tooManyRules",
                    parameters={"most": MOST},
                )
            made = replace(made, position=before[-1].position + 1 if before else 1)
            self.leading.refuse_circle(made)
            await changing.create(tx, actor, FORWARDING_RULE, made)
        return made

    async def update(
        self, actor: Actor, id: RuleId, version: int, **fields: Unpack[RuleFields]
    ) -> ForwardingRule:
        """What is left out stays. Conflict (`version` = the present one) when it was changed
        meanwhile, or where calls would come back."""
        known = self._own(actor, id)
        self._checked(_changed(known, fields))
        async with self.turn() as tx:
            before = await changing.present(tx, FORWARDING_RULE, id, version)
            after = self._checked(_changed(before, fields))
            self.leading.refuse_circle(after)
            return await changing.write(tx, actor, FORWARDING_RULE, before, after)

    async def delete(self, actor: Actor, id: RuleId, version: int) -> None:
        """What it has set in the PBX is taken back."""
        self._own(actor, id)
        async with self.turn() as tx:
            before = await changing.present(tx, FORWARDING_RULE, id, version)
            await changing.remove(tx, actor, FORWARDING_RULE, before)

    async def order(self, actor: Actor, ids: Sequence[RuleId]) -> list[ForwardingRule]:
        """Those that are named come first, in this order; the others follow as they were."""
        named = [self._own(actor, id) for id in dict.fromkeys(ids)]
        user = _user(actor)
        self.allowed.may_have_rules(user)
        if not named:
            return self.book.of(user)
        async with self.turn() as tx:
            rest = [rule for rule in self.book.of(user) if rule not in named]
            pairs = renumbered([*named, *rest])
            await changing.present_many(tx, FORWARDING_RULE, [before for before, _ in pairs])
            await changing.write_many(tx, actor, FORWARDING_RULE, pairs)
        return self.book.of(user)

    # ------------------------------------------------------------ for profiles

    async def put_in_force(
        self,
        tx: Transaction,
        actor: Actor,
        wanted: Collection[str],
        number: str,
    ) -> None:
        """Within a `turn`: switch on the rules `wanted`, and one that sends every call to `number`
        unless it is empty, which is made where there is none; switch off all others. NotAllowed,
        Invalid, Conflict as when they are switched on one by one."""
        user = _user(actor)
        rules = self.book.of(user)
        leading = [rule for rule in rules if number and leads(rule, number)]
        on = {*wanted, *(rule.id for rule in leading)}
        pairs = []
        for rule in rules:
            active = rule.id in on
            if active != rule.active:
                pairs.append((rule, replace(rule, active=active)))
        if number and not leading:
            first = rules[0].position - 1 if rules else 1
            made = self._checked(self._leading_to(user, number, first))
            self.leading.refuse_circle(made)
            await changing.create(tx, actor, FORWARDING_RULE, made)
        for _, after in pairs:
            if after.active:
                self._checked(after)
                self.leading.refuse_circle(after)
        if pairs:
            await changing.present_many(tx, FORWARDING_RULE, [before for before, _ in pairs])
            await changing.write_many(tx, actor, FORWARDING_RULE, pairs)

    def _leading_to(self, user: UserId, number: str, position: int) -> ForwardingRule:
        return ForwardingRule(
            id=RuleId(new_id()),
            version=1,
            company=self._registry.users[user].company,
            user=user,
            position=position,
            active=True,
            origin=CallOrigin.ALL,
            presences=tuple(one for one in Presence if one in ALWAYS),
            type=ForwardingType.IMMEDIATE,
            destination=number,
        )

    # ------------------------------------------------------------ inside

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Transaction]:
        """One after the other: what others forward to is looked at."""
        async with self._changing, self._transaction() as tx:
            yield tx

    def _own(self, actor: Actor, id: RuleId) -> ForwardingRule:
        """One that its user may change; NotFound for another's."""
        user = _user(actor)
        found = self.book.rule(user, id)
        if found is None:
            raise missing("forwarding rule")
        self.allowed.may_have_rules(user)
        return found

    def _checked(self, rule: ForwardingRule) -> ForwardingRule:
        """Invalid, NotAllowed. One that is switched off forwards nothing: it may be any."""
        if not rule.presences:
            raise Invalid("Choose when the rule applies.", field="presences", why="needed")
        if not rule.destination:
            raise Invalid("A forwarding needs a destination.", field="destination", why="needed")
        user = self._registry.users[rule.user]
        self.leading.dialled(rule, self._registry.domains[user.domain])
        if rule.active:
            self.allowed.may_have(rule)
        else:
            self.allowed.may_have_rules(rule.user)
        return rule


def leads(rule: ForwardingRule, number: str) -> bool:
    """Whether it sends every call there, always."""
    every = rule.type is ForwardingType.IMMEDIATE and rule.origin is CallOrigin.ALL
    return every and ALWAYS.issubset(rule.presences) and rule.destination == number


def _changed(rule: ForwardingRule, fields: RuleFields) -> ForwardingRule:
    presences = fields.get("presences", rule.presences)
    return replace(
        rule,
        active=fields.get("active", rule.active),
        origin=fields.get("origin", rule.origin),
        presences=tuple(one for one in Presence if one in presences),
        type=fields.get("type", rule.type),
        destination=fields.get("destination", rule.destination).strip(),
    )


def _user(actor: Actor) -> UserId:
    return caller_user(actor, "Only a user has forwarding rules.")
