"""The forwarding rules and the profiles of everybody, in memory."""

from collections.abc import Iterable
from dataclasses import replace

from tws.bus import Bus
from tws.organisation.actor import UserId
from tws.organisation.events import UserChanged
from tws.records.kind import Kind
from tws.rules import store
from tws.rules.events import ForwardingRuleChanged, ProfileChanged
from tws.rules.model import ForwardingRule, RuleId
from tws.rules.profile import Profile, ProfileId
from tws.storage import Storage
from tws.storage.replica import Index, Replica, load

FORWARDING_RULE = Kind[ForwardingRule]("forwarding rule", store.rules, ForwardingRuleChanged)


PROFILE = Kind[Profile]("profile", store.profiles, ProfileChanged)


class ProfileBook:
    """The profiles of everybody, in memory."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._of_user = Index[UserId, Profile](lambda row: (row.user,))
        self.replica = Replica(store.profiles.all, ProfileChanged, self._of_user)
        bus.follow(ProfileChanged, lambda event: self.replica.hear(event.before, event.after))
        bus.follow(UserChanged, self._user_changed)

    async def load(self, storage: Storage) -> None:
        await load(storage, [self.replica])

    def of(self, user: UserId) -> list[Profile]:
        """By their names."""
        return sorted(self._of_user[user], key=lambda row: (row.name.casefold(), row.id))

    def profile(self, user: UserId, id: ProfileId) -> Profile | None:
        """Of that user."""
        found = self.replica.rows.get(id)
        return found if found is not None and found.user == user else None

    def chosen(self, user: UserId) -> Profile | None:
        return next((row for row in self._of_user[user] if row.chosen), None)

    def _user_changed(self, event: UserChanged) -> None:
        """With a user go the profiles, from the database by its own."""
        if event.before is not None and event.after is None:
            for row in self._of_user[event.before.id]:
                self._bus.publish(ProfileChanged(row, None))


class RuleBook:
    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._of_user = Index[UserId, ForwardingRule](lambda rule: (rule.user,))
        self.replica = Replica(store.rules.all, ForwardingRuleChanged, self._of_user)
        bus.follow(ForwardingRuleChanged, self._changed)
        bus.follow(UserChanged, self._user_changed)

    async def load(self, storage: Storage) -> None:
        await load(storage, [self.replica])

    def of(self, user: UserId) -> list[ForwardingRule]:
        """In their order."""
        return sorted(self._of_user[user], key=lambda rule: (rule.position, rule.id))

    def rule(self, user: UserId, id: RuleId) -> ForwardingRule | None:
        """Of that user."""
        found = self.replica.rows.get(id)
        return found if found is not None and found.user == user else None

    def users(self) -> set[UserId]:
        """Who has any."""
        return {rule.user for rule in self.replica.rows.values()}

    def with_change(self, after: ForwardingRule) -> list[ForwardingRule]:
        """The rules of its user as they would be."""
        others = [rule for rule in self.of(after.user) if rule.id != after.id]
        return [*others, after]

    def _changed(self, event: ForwardingRuleChanged) -> None:
        self.replica.hear(event.before, event.after)

    def _user_changed(self, event: UserChanged) -> None:
        """With a user go the rules, from the database by its own."""
        if event.before is not None and event.after is None:
            for rule in self._of_user[event.before.id]:
                self._bus.publish(ForwardingRuleChanged(rule, None))


def renumbered(rules: Iterable[ForwardingRule]) -> list[tuple[ForwardingRule, ForwardingRule]]:
    """Those that have another place now, before and after."""
    return [
        (rule, replace(rule, position=place))
        for place, rule in enumerate(rules, 1)
        if rule.position != place
    ]
