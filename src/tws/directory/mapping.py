"""From an entry of a source to a card: which field goes where, and what is done to it.
(Specification 8.1, tab "Champs".) Pure.

A source field is written `name|options`. Options are applied in the order written, `h` last:

    a    a postal address: shown as a link to a map     l    all lower case
    h    hashed                                         m    first letter upper case, rest lower
    i    not shown on the Caller's card                 u    all upper case
    p:T::R   the text T with {0} for the value, if the value matches the expression R
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tws.errors import Invalid, invalid
from tws.numbering.expressions import Expression
from tws.sentences import sentence

LETTERS = frozenset("ahilmu")
"Options that are a letter alone."
LONGEST = 1000
"Characters of one source field with its options."


@dataclass(frozen=True, slots=True)
class SourceField:
    """One source field with its options."""

    name: str
    steps: tuple[Callable[[str], str], ...] = ()
    address: bool = False
    hidden: bool = False

    def of(self, text: str) -> str:
        """The value after its options; an empty one stays empty."""
        for step in self.steps:
            if not text:
                break
            text = step(text)
        return text


def read(written: str) -> SourceField:
    """The field and options of `Surname|u`; Invalid says in words what is wrong with them."""
    if len(written) > LONGEST:
        long = sentence(
            "This is too long for the name of a field: {most} characters at most.", most=LONGEST
        )
        raise invalid(long)
    name, bar, options = written.partition("|")
    name = name.strip()
    if not name:
        raise invalid(sentence("The name of the source's field is missing."))
    if not bar:
        return SourceField(name)
    letters, steps = set(), []
    for option in _apart(options):
        if option.startswith("p:"):
            steps.append(_added(option))
        elif option in LETTERS:
            letters.add(option)
            if option in _CASES:
                steps.append(_CASES[option])
        elif option:
            unknown = sentence(
                "No such option: {option}. There are a, h, i, l, m, p:…, u.", option=repr(option)
            )
            raise invalid(unknown)
    if "h" in letters:
        steps.append(hashed)
    return SourceField(name, tuple(steps), "a" in letters, "i" in letters)


def mapping(written: Mapping[str, str]) -> dict[str, SourceField]:
    """A whole mapping, internal field -> source field; those left empty are left out. Invalid
    names the internal field (`field`)."""
    fields = {}
    for field, source in written.items():
        if not source.strip():
            continue
        try:
            fields[field] = read(source)
        except Invalid as error:
            raise Invalid(
                f"{field}: {error.message}",
                field=field,
                why=error.why,
                parameters=error.parameters,
            ) from error
    return fields


def hidden(fields: Mapping[str, SourceField]) -> frozenset[str]:
    """The internal fields that are not shown (option `i`)."""
    return frozenset(name for name, source in fields.items() if source.hidden)


def hashed(text: str) -> str:
    """64 hexadecimal digits that stay the same for the same text (SHA-256)."""
    return hashlib.sha256(text.encode()).hexdigest()


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:].lower()


_CASES: Mapping[str, Callable[[str], str]] = {
    "l": str.lower,
    "m": _capitalised,
    "u": str.upper,
}


def _apart(options: str) -> list[str]:
    """At the commas; one inside a `p` stays with it where no option that we know follows."""
    parts: list[str] = []
    for part in options.split(","):
        known = part.strip() in LETTERS or part.lstrip().startswith("p:")
        if parts and parts[-1].startswith("p:") and not known:
            parts[-1] += f",{part}"
        else:
            parts.append(part.lstrip() if part.lstrip().startswith("p:") else part.strip())
    return parts


def _added(option: str) -> Callable[[str], str]:
    """`p:9{0}::^[0-9]{4}$`, also written with two colons in front."""
    text = option[2:].removeprefix(":")
    template, condition, expression = text.partition("::")
    if not template:
        raise invalid(sentence("Option p: there is nothing to put around the value."))
    matching = Expression(expression) if condition and expression else None

    def add(value: str) -> str:
        if matching is not None and not matching.is_in(value):
            return value
        return template.replace("{0}", value)

    return add
