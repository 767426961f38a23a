"""Advanced searches: contacts by what stands in which of their fields. Pure.

Somebody finds a contact only by what they may see of it: fields that its directory hides and
numbers on the red list are taken off before it is compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tws.directory.cards import PRIVATE
from tws.directory.indexing import readings, searched
from tws.directory.lines import Plan, read_by, red_lines, reddened
from tws.directory.mapping import mapping
from tws.directory.model import Contact
from tws.directory.own_fields import form_of, holds_own, labels_of
from tws.directory.red_list import shown
from tws.directory.showing import Directories, labels, without_hidden
from tws.directory.text import LEAST_FRAGMENT, LEAST_PART, Groups, folded, groups, words
from tws.errors import invalid
from tws.numbering import DialPlan
from tws.organisation.actor import Actor, DirectoryId
from tws.organisation.model import Directory
from tws.sentences import sentence

SHOWN = 50
"Characters of what was written that are said back."
NAMES = ("last_name", "first_name", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """All of them must hold; an empty one is none."""

    last_name: str = ""
    first_name: str = ""
    organisation: str = ""
    email: str = ""
    number: str = ""
    "A part of one."
    fields: tuple[tuple[str, str], ...] = ()
    "Private fields: label, text."
    directory: DirectoryId | None = None

    @property
    def given(self) -> bool:
        texts = (getattr(self, name) for name in (*NAMES, "email", "number"))
        return self.directory is not None or bool(self.fields) or any(t.strip() for t in texts)


def labelled(written: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Of `label=text`, one for each private field; those without a text are none. Invalid."""
    pairs = []
    for one in written:
        label, equals, text = one.partition("=")
        if not equals or not label.strip():
            raise invalid(
                sentence("{what} names no private field: write label=text.", what=one[:SHOWN]),
                field="field",
            )
        if text.strip():
            pairs.append((label, text))
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as it is compared."""

    names: Mapping[str, Groups]
    "Of the fields `NAMES`."
    email: Groups
    number: Groups
    fields: tuple[tuple[str, Groups], ...]
    "Folded label, words."
    text: Groups
    "Anywhere on the card."
    directory: DirectoryId | None

    @property
    def written(self) -> Groups:
        """What stands in the text that all searches look into."""
        named = [group for wanted in self.names.values() for group in wanted]
        return [*named, *self.email, *self.number, *self.text]

    @property
    def private(self) -> Groups:
        return [group for _, wanted in self.fields for group in wanted]


def wanted(criteria: Criteria, text: str, plan: DialPlan | None) -> Wanted | None:
    """None = what was typed holds no letter and no digit: nobody has it."""
    typed = [getattr(criteria, name) for name in (*NAMES, "email", "number")]
    typed += [text, *(part for pair in criteria.fields for part in pair)]
    if any(part.strip() and not words(part) for part in typed):
        return None
    number = _number(criteria.number, plan)
    if criteria.number.strip() and not number:
        return None
    return Wanted(
        names={name: _each(getattr(criteria, name)) for name in NAMES},
        email=_each(criteria.email),
        number=number,
        fields=tuple((folded([label]), _each(part)) for label, part in criteria.fields),
        text=groups(text, plan),
        directory=criteria.directory,
    )


def _number(text: str, plan: DialPlan | None) -> Groups:
    """However short: what is asked for here is a number."""
    digits = "".join(c for c in text if c.isdecimal())
    if len(digits) < LEAST_FRAGMENT:
        return [[digits]] if digits else []
    return groups("".join(c for c in text if not c.isalpha()), plan)


def _each(text: str) -> list[list[str]]:
    return [[word] for word in words(text)]


def offered(directory: Directory) -> list[str]:
    """Labels of the private fields that contacts of this directory are found by."""
    if holds_own(directory):
        return [field.label for field in form_of(directory)]
    named = labels_of(directory)
    known = mapping(directory.mapping)
    return [named[n] for n, name in enumerate(PRIVATE) if name in known and not known[name].hidden]


def may_have(seen: Sequence[Directory], looked_for: Wanted) -> list[DirectoryId]:
    """Of these directories, those that have all fields that are asked for."""
    asked = {label for label, _ in looked_for.fields}
    return [
        directory.id
        for directory in seen
        if looked_for.directory in (None, directory.id)
        and asked <= {folded([label]) for label in offered(directory)}
    ]


class Check:
    """Whether contacts are what is looked for, as one actor sees them."""

    def __init__(
        self, looked_for: Wanted, directories: Directories, actor: Actor, plan: Plan
    ) -> None:
        self._wanted, self._directories = looked_for, directories
        self._actor, self._plan, self._line = actor, plan, read_by(plan)

    def names(self, contact: Contact) -> bool:
        """By its names alone: its numbers and addresses need not be known."""
        return all(
            stands(folded([getattr(contact, name)]), wanted)
            for name, wanted in self._wanted.names.items()
            if wanted
        )

    def __call__(self, contact: Contact) -> bool:
        if any(number.red for number in contact.numbers):
            contact = reddened(contact, red_lines([contact], self._line, None), self._line)
        seen = shown(without_hidden(contact, self._directories), self._actor)
        wanted = self._wanted
        if not self.names(seen) or not self._private(seen):
            return False
        if wanted.email and not any(stands(folded([x]), wanted.email) for x in seen.emails):
            return False
        if not wanted.number and not wanted.text:
            return True
        read = readings((n.number for n in seen.numbers if n.number), self._plan(seen))
        if wanted.number and not any(
            form in reading.digits for reading in read if reading for form in wanted.number[0]
        ):
            return False
        named = [seen.first_name, seen.last_name, seen.organisation]
        return stands(searched(named, seen.emails, read), wanted.text)

    def _private(self, seen: Contact) -> bool:
        if not self._wanted.fields:
            return True
        named = [folded([label]) for label in labels(seen, self._directories)]
        texts = list(zip(named, seen.private, strict=False))
        return all(
            any(name == label and stands(folded([text]), wanted) for name, text in texts)
            for label, wanted in self._wanted.fields
        )


def stands(text: str, wanted: Groups) -> bool:
    """Whether one of each group is in folded `text`: a part of a word, or, of one or two letters,
    its beginning."""
    return all(
        any((word if len(word) >= LEAST_PART else f" {word}") in text for word in group)
        for group in wanted
    )
