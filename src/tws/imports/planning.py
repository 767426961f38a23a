"""What an import would do, and why: the people of a source held against the users that there are.
Pure.

Who came with the import is known again by his identifier. Names and numbers go from one user to
another within a run, where the one who had it gives it up in the same run (`claims`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tws.errors import Invalid
from tws.imports.claims import Claims, Wanted
from tws.imports.devices import DevicePlanning
from tws.imports.model import Action, Counts, Line, Person, Reason
from tws.imports.numbers import NoExtension, extension
from tws.imports.wrong import called, what_is_wrong
from tws.numbering import DialPlan
from tws.organisation.actor import DomainId, UserId
from tws.organisation.model import ImportMode, User, UserDevice, UserImport
from tws.organisation.user_changes import DeviceChange, UserChange
from tws.organisation.users import checked
from tws.organisation.words import fold
from tws.sentences import NOTHING, Sentence, sentence

TEXTS = {
    "first_name": "first_name",
    "last_name": "last_name",
    "email1": "email",
    "mobile": "mobile",
    "custom0": "custom0",
    "custom1": "custom1",
}
"Internal field -> member of a user; one that no entry of the source fills stays as it is."
OF_DEVICES = ("video", "sip_proxy", "one_number", "media_protocol")
"What the row says of the devices that it gives."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the administrator has filled in."""

    row: UserImport
    link_domain: DomainId | None
    "Of the link on which extensions are given."
    plan: DialPlan | None
    "By which numbers are adapted."
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What there is, of the import's company."""

    users: Sequence[User]
    devices: Sequence[UserDevice]
    shared: frozenset[str] = frozenset()
    "Numbers on the link that are a call queue's or an intercom group's."
    members: frozenset[UserId] = frozenset()
    "Of the group into which people are put."
    imports: Mapping[str, str] = field(default_factory=dict)
    "Those that there are: id -> name."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    changes: tuple[UserChange, ...]
    "In an order in which each can be done: deletions first."
    joining: tuple[UserId, ...]
    "Who is put into the group, once he is there."
    lines: tuple[Line, ...]
    "First those of `changes`, in their order; then of what stays, and of what is left out."
    counts: Counts
    notes: tuple[Sentence, ...] = ()

    @property
    def taken_away(self) -> int:
        return self.counts.deleted + self.counts.disabled


def plan(people: Sequence[Person], present: Present, rules: Rules) -> Plan:
    return _Planning(people, present, rules).made()


class _Planning:
    def __init__(self, people: Sequence[Person], present: Present, rules: Rules) -> None:
        self._people, self._present, self._rules = people, present, rules
        self._row = rules.row
        self._named = {fold(user.username): user for user in present.users}
        self._ours = [user for user in present.users if user.user_import == self._row.id]
        self._by_key = {user.external_key: user for user in reversed(self._ours)}
        self._keys = {one.identifier for one in people} - {""}
        self._there: set[UserId] = set()
        "Of ours: those of whom the source says something, be it of no use."
        self._seen: tuple[set[str], ...] = (set(), set(), set())
        "Identifiers, folded user names and numbers."
        self._ignored: list[Line] = []
        mapped = people[0].values.keys() if people else ()
        self._unfilled = [
            name for name in TEXTS if name in mapped and not any(p.values[name] for p in people)
        ]

    def made(self) -> Plan:
        wanted = [found for one in self._people if (found := self._wanted(one)) is not None]
        gone = [user for user in self._ours if user.id not in self._there]
        deleted = gone if self._row.mode is ImportMode.DELETE else []
        disabled = gone if self._row.mode is ImportMode.DISABLE else []
        devices = DevicePlanning(
            self._row,
            self._present.devices,
            self._rules.link_domain,
            {name: getattr(self._row, name) for name in OF_DEVICES},
        )
        claims = Claims(self._named, devices.at, self._row.id, deleted, disabled)
        kept, refused = claims.settled(wanted)
        self._ignored += [self._taken(one, why) for one, why in refused]
        return self._plan(kept, deleted, disabled, devices)

    # ------------------------------------------------------------ one entry

    def _wanted(self, one: Person) -> Wanted | None:
        """What the entry is to become; None where it is left out, which is said."""
        before = self._match(one)
        for known in (before, self._named.get(fold(one.values["username"]))):
            if known is not None and known.user_import == self._row.id:
                self._there.add(known.id)
        why = self._left_out(one, before)
        if why is not None:
            self._ignore(one, why)
            return None
        number = ""
        try:
            number = self._number(one)
            after = self._after(one, before)
        except NoExtension as error:
            self._ignore(one, error.why, error.said)
            return None
        except Invalid as error:
            self._ignore(one, Reason.INVALID, what_is_wrong(error))
            return None
        return Wanted(one, before, after, number)

    def _match(self, one: Person) -> User | None:
        """The user whom it is about, be he ours or to be taken over."""
        if one.identifier and (known := self._by_key.get(one.identifier)) is not None:
            return known
        named = self._named.get(fold(one.values["username"]))
        if named is None:
            return None
        if named.user_import == self._row.id:
            # His identifier is another now, where his old one is gone.
            return named if named.external_key not in self._keys else None
        alone = named.user_import is None or named.user_import not in self._present.imports
        return named if alone and named.domain == self._row.domain else None

    def _left_out(self, one: Person, before: User | None) -> Reason | None:
        identifiers, names, _ = self._seen
        name = fold(one.values["username"])
        if not one.identifier:
            return Reason.NO_IDENTIFIER
        if one.identifier in identifiers:
            return Reason.IDENTIFIER_TWICE
        identifiers.add(one.identifier)
        if not name:
            return Reason.NO_USERNAME
        if name in names:
            return Reason.USERNAME_TWICE
        names.add(name)
        if before is None and self._row.mode is ImportMode.UPDATE:
            return Reason.NOT_HERE
        return None

    def _number(self, one: Person) -> str:
        """His extension; empty where none is given. NoExtension."""
        if self._row.link is None:
            return ""
        number = extension(one.numbers, self._rules.plan)
        if number in self._seen[2]:
            raise NoExtension(Reason.NUMBER_TWICE, sentence("{number}", number=number))
        if number in self._present.shared:
            raise NoExtension(Reason.NUMBER_TAKEN, sentence("{number}", number=number))
        self._seen[2].add(number)
        return number

    def _after(self, one: Person, before: User | None) -> User:
        """Invalid where something cannot stand in a user."""
        base = before or User(
            id=UserId(self._rules.new_id()),
            version=1,
            company=self._row.company,
            domain=self._row.domain,
            username="",
            culture=self._row.culture,
        )
        texts = {
            member: one.values[name]
            for name, member in TEXTS.items()
            if name in one.values and name not in self._unfilled
        }
        return checked(
            replace(
                base,
                username=one.values["username"],
                external_key=one.identifier,
                user_import=self._row.id,
                enabled=base.enabled or base.missing,
                missing=False,
                **texts,  # type: ignore[arg-type]
            )
        )

    def _ignore(self, one: Person, why: Reason, said: Sentence = NOTHING) -> None:
        self._ignored.append(_line(Action.IGNORED, one, why, said))

    def _taken(self, one: Wanted, why: Reason) -> Line:
        whose = self._named.get(fold(one.after.username))
        said = sentence("{number}", number=one.number)
        if why is Reason.USERNAME_TAKEN and whose is not None:
            other = self._present.imports.get(whose.user_import or "", "")
            said = sentence("by the import {name}", name=other) if other else NOTHING
        return _line(Action.IGNORED, one.person, why, said)

    # ------------------------------------------------------------ all of them

    def _plan(
        self,
        kept: Sequence[Wanted],
        deleted: Sequence[User],
        disabled: Sequence[User],
        devices: DevicePlanning,
    ) -> Plan:
        changes: list[tuple[UserChange, Line]] = [
            (UserChange(user, None), _gone(Action.DELETED, user)) for user in deleted
        ]
        changes += [
            (
                UserChange(user, replace(user, enabled=False, missing=True)),
                _gone(Action.DISABLED, user),
            )
            for user in disabled
            if user.enabled
        ]
        unchanged, joining = [], []
        given = devices.given(kept, {user.id for user in deleted}, self._rules.new_id)
        for one, moved in zip(kept, given, strict=True):
            change, line = self._change(one, moved)
            joins = self._row.group is not None and one.after.id not in self._present.members
            if joins:
                joining.append(one.after.id)
            if line.action is Action.UNCHANGED:
                unchanged.append(line)
            else:
                changes.append((change, line))
        counts = self._counted([line for _, line in changes], len(unchanged))
        return Plan(
            changes=tuple(change for change, _ in changes),
            joining=tuple(joining),
            lines=(*(line for _, line in changes), *unchanged, *self._ignored),
            counts=counts,
            notes=self._notes(),
        )

    def _change(self, one: Wanted, moved: tuple[DeviceChange, ...]) -> tuple[UserChange, Line]:
        before, why = one.before, None
        change = UserChange(before, one.after, moved)
        if before is None:
            return change, _line(Action.CREATED, one.person)
        if before == one.after and not moved:
            return change, _line(Action.UNCHANGED, one.person)
        if before.user_import != self._row.id:
            why = Reason.ADOPTED
        elif before.missing:
            why = Reason.BACK
        return change, _line(Action.UPDATED, one.person, why)

    def _counted(self, lines: Iterable[Line], unchanged: int) -> Counts:
        found = dict.fromkeys(Action, 0)
        for line in lines:
            found[line.action] += 1
        return Counts(
            known=sum(not user.missing for user in self._ours),
            created=found[Action.CREATED],
            updated=found[Action.UPDATED],
            deleted=found[Action.DELETED],
            disabled=found[Action.DISABLED],
            unchanged=unchanged,
            ignored=len(self._ignored),
        )

    def _notes(self) -> tuple[Sentence, ...]:
        fields = [called(TEXTS[name]) for name in self._unfilled]
        return tuple(
            sentence("No entry has anything in {field}: it stays as it is.", field=field)
            for field in fields
        )


def _line(
    action: Action, one: Person, why: Reason | None = None, said: Sentence = NOTHING
) -> Line:
    return Line(action, one.values["username"], one.called, why, said)


def _gone(action: Action, user: User) -> Line:
    return Line(action, user.username, user.external_key, Reason.GONE)
