"""What a number means, to compare two: the E.164 form where it is known, else the last digits.

`written` reads what people wrote (a contact, a page), `heard` what a PBX reports (an outside
caller or a dialled number, usually with the outside-line prefix). The inverse length never joins
two numbers whose known E.164 forms differ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult

from tws.errors import Invalid
from tws.numbering.home import home_number
from tws.numbering.plan import DialPlan, plan_of
from tws.numbering.typed import LONGEST, Typed, clean, read_typed
from tws.organisation.model import Domain

_NOT_DIALLED = re.compile(r"[^\d+]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it is compared."""

    digits: str
    """Of the E.164 form where known, else as dialled, without prefixes known to be there. One that
    would be an internal number without the outside-line prefix keeps it."""
    e164: str | None = None
    "With its `+`."
    internal: bool = False
    "At most as long as an internal number, or a feature code: compared whole."
    sign: str = ""
    "`+`, where it was there and no E.164 form is known."

    @property
    def callable(self) -> str:
        """A form that the outgoing rules turn into what the PBX must be sent."""
        return self.e164 or self.sign + self.digits

    def tail(self, length: int) -> str | None:
        """The last `length` digits, None where it must be compared whole."""
        if self.internal or len(self.digits) < length:
            return None
        return self.digits[-length:]


def written(text: str, plan: DialPlan) -> Reading | None:
    """The number people wrote; None where it is none."""
    try:
        return _written(read_typed(text), plan)
    except Invalid:
        return None


def heard(number: str, plan: DialPlan) -> Reading | None:
    """The number a PBX reports; None where it is a name, or nothing."""
    if len(number) > LONGEST:
        return _heard(number, plan)
    return _remembered(number, plan)


def kept(number: str, plan: DialPlan) -> Reading:
    """What is kept as `Reading.callable`: it has no prefix that is not a part of it."""
    return whole(number, plan) or _reading([number], number, plan)


def incoming(number: str, plan: DialPlan) -> str:
    """An outside caller's number after Supprimer and Ajouter, then the incoming rules."""
    digits = clean(number)
    if len(digits) <= plan.internal_length or not digits.strip("+").isdigit():
        return digits
    _, digits = without_prefixes(digits, plan)
    applied = plan.incoming_rules.apply(Typed(digits))
    return applied[0] if applied else digits


def without_prefixes(digits: str, plan: DialPlan) -> tuple[list[tuple[str, str]], str]:
    """What Supprimer and Ajouter make of an outside caller's number: what was done, as
    `("removed" | "added", the number then)`, and the number at last."""
    done = []
    if plan.incoming_remove and digits.startswith(plan.incoming_remove):
        digits = digits[len(plan.incoming_remove) :]
        done.append(("removed", digits))
    if plan.incoming_add:
        digits = plan.incoming_add + digits
        done.append(("added", digits))
    return done, digits


def short_outside(number: str, plan: DialPlan) -> bool:
    """Whether it is the outside-line prefix, and behind it what alone would be an internal number:
    only so written is it known for a number outside."""
    behind = number.removeprefix(plan.external)
    return (
        len(behind) < len(number)
        and 0 < len(behind) <= plan.internal_length < len(number)
        and behind.isdigit()
    )


def same(a: Reading, b: Reading, inverse_length: int) -> bool:
    if a.internal or b.internal:
        return a.digits == b.digits and a.e164 is None and b.e164 is None
    if a.e164 and b.e164:
        return a.e164 == b.e164
    tail = a.tail(inverse_length)
    if tail is None:
        return a.digits == b.digits
    return tail == b.tail(inverse_length)


def same_number(a: str, b: str, domain: Domain) -> bool:
    """Whether a number the PBX reports (`a`) and one that people wrote (`b`) are the same line."""
    plan = plan_of(domain)
    one, other = heard(a, plan), written(b, plan)
    return one is not None and other is not None and same(one, other, plan.inverse_length)


@lru_cache(maxsize=20_000)
def _written(typed: Typed, plan: DialPlan) -> Reading:
    number = typed.bare
    if (compared_whole := whole(number, plan)) is not None:
        return compared_whole
    forms = [number]
    if "(0)" in typed.number:
        # +33 (0)1...: the trunk 0 goes; +39 (0)6...: it stays. What is a valid number tells.
        forms.insert(0, typed.number.replace("(0)", "").replace("(", "").replace(")", ""))
    if plan.external and number.startswith(plan.external):
        forms.append(number[len(plan.external) :])
    return _reading(forms, number, plan)


def _heard(number: str, plan: DialPlan) -> Reading | None:
    number = clean(number)
    if not any(c.isdigit() for c in number) or any(c in "ABCD" for c in number):
        return None
    if (compared_whole := whole(number, plan)) is not None:
        return compared_whole
    came = incoming(number, plan)
    forms = [came, number]
    bare = without_prefixes(number, plan)[1]
    short = came == bare and len(came) <= plan.internal_length
    otherwise = plan.external + came if short else came
    if plan.external and number.startswith(plan.external):
        forms.insert(1, number[len(plan.external) :])
    return _reading(forms, otherwise, plan)


_remembered = lru_cache(maxsize=20_000)(_heard)


def whole(number: str, plan: DialPlan) -> Reading | None:
    """An internal number, a feature code or an emergency number; None for what is outside."""
    feature = number.startswith(("*", "#"))
    short = len(number) <= plan.internal_length and not number.startswith("+")
    if feature or short or number in plan.emergency:
        return Reading(number, internal=True)
    return None


def _reading(forms: list[str], otherwise: str, plan: DialPlan) -> Reading:
    """The first form that is a valid number of its country, else the first of a right length."""
    e164 = next(_e164(forms, plan, valid=True), None)
    if e164 is None and not short_outside(otherwise, plan):
        e164 = next(_e164(forms, plan, valid=False), None)
    if e164 is not None:
        return Reading(e164[1:], e164)
    sign = "+" if otherwise.startswith("+") else ""
    return Reading("".join(c for c in otherwise if c.isdigit()), sign=sign)


def _e164(forms: list[str], plan: DialPlan, *, valid: bool) -> Iterator[str]:
    for form in forms:
        digits = form if form.isdigit() else _NOT_DIALLED.sub("", form)
        if plan.international and digits.startswith(plan.international):
            digits = "+" + digits[len(plan.international) :]
        if valid and (home := home_number(digits, plan.region)) is not None:
            yield home
            continue
        try:
            number = phonenumbers.parse(digits, plan.region)
        except phonenumbers.NumberParseException:
            continue
        if valid:
            good = phonenumbers.is_valid_number(number)
        else:
            reason = phonenumbers.is_possible_number_with_reason(number)
            good = reason == ValidationResult.IS_POSSIBLE
        if good:
            yield str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
