"""The private fields of contacts that TWS keeps itself, and the properties of vCards by which
they go out and come in. Pure.

Their directory's mapping names the property, as that of a vCard file does: `private0: ADR|a`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tws.directory.cards import LONGEST_PRIVATE, PRIVATE
from tws.directory.mapping import mapping, read
from tws.errors import Invalid
from tws.organisation import words
from tws.organisation.model import BuiltIn, Directory

WRITABLE = frozenset({"ADR", "TITLE", "ROLE", "NOTE", "BDAY"})
"Properties that hold one text as it is. Where another is mapped a property of our own is written."


def holds_own(directory: Directory | None) -> bool:
    """Whether people write contacts down in it."""
    return directory is not None and directory.built_in not in (None, BuiltIn.USERS)


def labels_of(directory: Directory | None) -> list[str]:
    """Of the ten, in their order; one without a label has its own name, which pages say in their
    language."""
    names = directory.labels if directory is not None else {}
    return [names.get(name) or name for name in PRIVATE]


@dataclass(frozen=True, slots=True)
class FormField:
    label: str
    address: bool
    "A postal address."


def form_of(directory: Directory) -> list[FormField]:
    """What people fill in."""
    if not holds_own(directory):
        return []
    known = mapping(directory.mapping)
    return [
        FormField(label, name in known and known[name].address)
        for name, label in zip(PRIVATE, labels_of(directory), strict=True)
        if name in directory.labels or name in known
    ]


def source_of(directory: Directory, field: str) -> tuple[str, ...]:
    """By which names a field is looked for in a vCard; the last one always holds."""
    mapped = directory.mapping.get(field, "")
    ours = f"X-TWS-{field.upper()}"
    return (read(mapped).name.upper(), ours) if mapped else (ours,)


def property_of(directory: Directory, field: str) -> str:
    """As which property it is written."""
    first, *_ = names = source_of(directory, field)
    return first if first in WRITABLE else names[-1]


def lines(text: str) -> str:
    """Text with single blanks, in lines of which the first and the last are not empty."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def private_texts(
    directory: Directory, before: tuple[str, ...], given: Mapping[str, str]
) -> tuple[str, ...]:
    """The ten with those `given`, by their label or by `private0` to `private9`; Invalid for one
    that is not there."""
    texts = [*before, *[""] * (len(PRIVATE) - len(before))]
    names = [words.fold(label) for label in labels_of(directory)]
    for label, text in given.items():
        asked = words.fold(label.strip())
        if asked in names:
            n = names.index(asked)
        elif label in PRIVATE:
            n = PRIVATE.index(label)
        else:
            raise Invalid(
                f"{directory.name} has no field of this name.",
                field=f"fields.{label}",
                why="noSuchField",
            )
        texts[n] = _checked(text, f"fields.{label}")
    return tuple(texts) if any(texts) else ()


def _checked(text: str, field: str) -> str:
    kept = lines(text)
    words.not_longer(kept, field, LONGEST_PRIVATE)
    longest = LONGEST_PRIVATE
    return "\n".join(words.optional(one, field, longest=longest) for one in kept.split("\n"))
