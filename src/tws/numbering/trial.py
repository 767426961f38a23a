"""The dial plan's tester: what becomes of a number, every rule tried, which one won, and why.

Three directions, as users need them: dialled -> sent, received -> looked up, received ->
displayed. The result is always that of the functions that calls use; the steps tell how it came
about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tws.errors import Invalid
from tws.numbering.display import shown
from tws.numbering.outgoing import Outgoing, outgoing
from tws.numbering.plan import DialPlan
from tws.numbering.reading import Reading, heard, short_outside, whole, without_prefixes
from tws.numbering.rules import EXTERNAL, Tried, Verdict
from tws.numbering.typed import Typed, clean, read_typed
from tws.organisation.model import NumberDirection, NumberExample


class StepKind(StrEnum):
    """What was done to a number; `value` is the number, or the key, after it."""

    CLEANED = "cleaned"
    "Blanks, signs and links taken off."
    EXTENSION = "extension"
    "Digits to be dialled once connected, set aside."
    EMERGENCY = "emergency"
    INTERNAL = "internal"
    "At most as long as an internal number, or a feature code."
    RULE = "rule"
    NO_RULE = "noRule"
    PREFIX_ADDED = "prefixAdded"
    PREFIX_THERE = "prefixThere"
    "Behind the outside-line prefix it is as short as an internal number: sent as it is."
    REMOVED = "removed"
    "Supprimer."
    ADDED = "added"
    "Ajouter."
    E164 = "e164"
    LAST_DIGITS = "lastDigits"
    "No valid number is known in it: compared by its last digits."
    WHOLE = "whole"
    "Shorter than the inverse length: compared as a whole."
    NO_NUMBER = "noNumber"
    "A name, or withheld: looked up nowhere."


class Remark(StrEnum):
    """What an administrator should look at, though it is not wrong."""

    TOO_LONG = "tooLong"
    "More digits than any number of the world."
    PREFIX_BEFORE_RULE = "prefixBeforeRule"
    "The rule's value does not name the outside-line prefix: it was put in front."


@dataclass(frozen=True, slots=True)
class Step:
    kind: StepKind
    value: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a dial plan makes of one number."""

    direction: NumberDirection
    number: str
    result: str
    "Sent to the PBX; the key of the lookup (E.164, or digits); what people read."
    steps: tuple[Step, ...]
    tried: tuple[Tried, ...]
    "Rules of that direction in order; none where they were not asked."
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """An example that a plan does not keep."""

    example: NumberExample
    result: str
    "What it makes of the number; empty where it refuses it."


def trial(direction: NumberDirection, number: str, plan: DialPlan) -> Trial:
    """Invalid, in words, where what is dialled is no number."""
    if direction is NumberDirection.DIALLED:
        return _dialled(number, plan)
    return _received(direction, number, plan)


def broken(examples: tuple[NumberExample, ...], plan: DialPlan) -> Iterator[Broken]:
    """The examples that `plan` does not keep."""
    for example in examples:
        try:
            result = trial(example.direction, example.number, plan).result
        except Invalid:
            result = ""
        if result != example.expected:
            yield Broken(example, result)


def _dialled(number: str, plan: DialPlan) -> Trial:
    entry, out = read_typed(number), outgoing(number, plan)
    steps = [Step(StepKind.CLEANED, entry.number)] if entry.number != number else []
    if entry.extension:
        steps.append(Step(StepKind.EXTENSION, entry.extension))
    if entry.bare in plan.emergency:
        steps.append(Step(StepKind.EMERGENCY, out.number))
        return Trial(NumberDirection.DIALLED, number, out.number, tuple(steps), ())
    tried = tuple(plan.outgoing_rules.tries(entry))
    steps.extend(_ruled(tried, entry.bare))
    if out.prefixed:
        steps.append(Step(StepKind.PREFIX_ADDED, out.number))
    elif out.rule is None:
        there = short_outside(out.number, plan)
        kind = StepKind.PREFIX_THERE if there else StepKind.INTERNAL
        steps.append(Step(kind, out.number))
    return Trial(
        NumberDirection.DIALLED,
        number,
        out.number,
        tuple(steps),
        tried,
        tuple(_remarks(out, plan)),
    )


def _remarks(out: Outgoing, plan: DialPlan) -> Iterator[Remark]:
    if out.too_long:
        yield Remark.TOO_LONG
    if out.prefixed and out.rule is not None and EXTERNAL not in out.rule.value and plan.external:
        yield Remark.PREFIX_BEFORE_RULE


def _received(direction: NumberDirection, number: str, plan: DialPlan) -> Trial:
    cleaned, reading = clean(number), heard(number, plan)
    steps = [Step(StepKind.CLEANED, cleaned)] if cleaned and cleaned != number else []
    if reading is None:
        steps.append(Step(StepKind.NO_NUMBER, number))
        result = "" if direction is NumberDirection.LOOKED_UP else number
        return Trial(direction, number, result, tuple(steps), ())
    tried: tuple[Tried, ...] = ()
    if whole(cleaned, plan) is None:
        changes, before_rules = without_prefixes(cleaned, plan)
        steps += [
            Step(StepKind.REMOVED if kind == "removed" else StepKind.ADDED, value)
            for kind, value in changes
        ]
        tried = tuple(plan.incoming_rules.tries(Typed(before_rules)))
        steps += _ruled(tried, before_rules) if tried else []
    key = _key(reading, plan)
    steps.append(key)
    result = key.value if direction is NumberDirection.LOOKED_UP else shown(reading, plan)
    return Trial(direction, number, result, tuple(steps), tried)


def _ruled(tried: tuple[Tried, ...], before: str) -> Iterator[Step]:
    applied = [one for one in tried if one.verdict is Verdict.APPLIED]
    if applied:
        yield Step(StepKind.RULE, applied[0].result or "")
    else:
        yield Step(StepKind.NO_RULE, before)


def _key(reading: Reading, plan: DialPlan) -> Step:
    """By what the directories are asked."""
    if reading.e164 is not None:
        return Step(StepKind.E164, reading.e164)
    if reading.internal:
        return Step(StepKind.INTERNAL, reading.digits)
    tail = reading.tail(plan.inverse_length)
    if tail is None:
        return Step(StepKind.WHOLE, reading.digits)
    return Step(StepKind.LAST_DIGITS, tail)
