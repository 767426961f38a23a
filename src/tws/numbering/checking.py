"""What may stand in a dial plan, checked when it is saved: no rule fails in a call.

Invalid says in words what is wrong, with the field and the rule's place; a plan that would break
one of its own examples is refused with what comes out instead.
"""

import re
from collections.abc import Sequence

from tws.errors import Invalid
from tws.numbering.expressions import (
    Expression,
    escaped,
    groups_named,
    without_groups,
    written_out,
)
from tws.numbering.plan import plan_of
from tws.numbering.rules import TOKENS, is_expression
from tws.numbering.trial import broken
from tws.numbering.typed import LONGEST
from tws.organisation.model import DialRule, Domain

MOST_RULES = 500
MOST_EXAMPLES = 500
MOST_EMERGENCY = 50
LONGEST_NAME = 100
LONGEST_TEXT = 500
HIGHEST = 1_000_000
DIALLING = frozenset("0123456789+*#")
NAME = re.compile(r"\$\{[^}]*\}?")
"As .NET has it too: `${1}`, `${name}`."
GROUP_OR_NAME = re.compile(rf"\$[0-9]|{NAME.pattern}")


def check_plan(domain: Domain) -> Domain:
    """The domain as it was given, when its dial plan can be used as it stands."""
    _check_rules(domain.outgoing_rules or (), "outgoing_rules", domain)
    _check_rules(domain.incoming_rules, "incoming_rules", domain)
    _check_emergency(domain.emergency_numbers)
    _check_examples(domain)
    return domain


def _check_rules(rules: Sequence[DialRule], field: str, domain: Domain) -> None:
    if len(rules) > MOST_RULES:
        words = f"A dial plan has at most {MOST_RULES} rules."
        raise Invalid(words, field=field, why="mostRules", parameters={"most": MOST_RULES})
    tokens = plan_of(domain).tokens
    for at, rule in enumerate(rules):
        try:
            _check_rule(rule, tokens)
        except Invalid as error:
            words = f"Rule {rule.priority} ({rule.name or rule.pattern}): {error.message}"
            raise Invalid(
                words, field=field, row=at, why=error.why, parameters=error.parameters
            ) from None


def _check_rule(rule: DialRule, tokens: dict[str, str]) -> None:
    if not 0 <= rule.priority <= HIGHEST:
        words = f"A priority is a whole number from 0 to {HIGHEST}."
        raise Invalid(words, why="priorityRange", parameters={"most": HIGHEST})
    if len(rule.name) > LONGEST_NAME:
        words = f"A name has at most {LONGEST_NAME} characters."
        raise Invalid(words, why="ruleNameLonger", parameters={"most": LONGEST_NAME})
    if max(len(rule.pattern), len(rule.value)) > LONGEST_TEXT:
        words = f"A pattern and a value have at most {LONGEST_TEXT} characters."
        raise Invalid(words, why="ruleTextLonger", parameters={"most": LONGEST_TEXT})
    if not rule.pattern:
        raise Invalid("A rule needs a pattern.", why="patternNeeded")
    for text in (rule.pattern, rule.value):
        _check_tokens(text)
    if is_expression(written_out(rule.pattern, tokens)):
        groups = Expression(written_out(rule.pattern, escaped(tokens))[1:-1]).groups
        _check_value(rule.value, literal=False)
        unknown = sorted(n for n in groups_named(rule.value) if n > groups)
        if unknown:
            raise Invalid(
                f"The value asks for group ${unknown[0]}, the pattern has {groups}.",
                why="groupUnknown",
                parameters={"group": unknown[0], "groups": groups},
            )
        return
    _check_value(rule.value, literal=True)
    rest = written_out(rule.pattern, tokens)
    if strange := sorted(set(rest) - DIALLING):
        raise Invalid(
            f"A number never begins with {''.join(strange)}: "
            "only digits, +, * and # are left of it. Write [...] for a regular expression.",
            why="patternSigns",
            parameters={"signs": "".join(strange)},
        )


def _check_value(value: str, *, literal: bool) -> None:
    """What is no part of a number would be left out of it without a word."""
    rest = written_out(value, dict.fromkeys(TOKENS, ""))
    asked = GROUP_OR_NAME.search(rest) if literal else NAME.search(rest)
    if asked is not None and literal:
        words = f"The value asks for {asked[0]}, and the pattern has no group: write it in [...]."
        raise Invalid(words, why="groupOfNone", parameters={"group": asked[0]})
    if asked is not None:
        words = f"The value asks for {asked[0]}: groups are written $1, $2."
        raise Invalid(words, why="groupNamed", parameters={"group": asked[0]})
    if strange := dict.fromkeys(c for c in without_groups(rest) if c not in DIALLING):
        signs = "".join(strange)
        words = f"A number has digits, +, * and # only: the value has {signs}"
        raise Invalid(words, why="valueSigns", parameters={"signs": signs})


def _check_tokens(text: str) -> None:
    """`[-...-]` that names no setting would stand for itself, and never match."""
    left = written_out(text, dict.fromkeys(TOKENS, ""))
    start = left.find("[-")
    if start >= 0 and "-]" in left[start:]:
        name = left[start : left.index("-]", start) + 2]
        raise Invalid(
            f"There is no {name}; there are {', '.join(TOKENS)}.",
            why="tokenUnknown",
            parameters={"token": name, "tokens": ", ".join(TOKENS)},
        )


def _check_emergency(numbers: Sequence[str]) -> None:
    if len(numbers) > MOST_EMERGENCY:
        words = f"At most {MOST_EMERGENCY} emergency numbers can be listed."
        raise Invalid(
            words,
            field="emergency_numbers",
            why="mostEmergency",
            parameters={"most": MOST_EMERGENCY},
        )
    for number in numbers:
        if not number or len(number) > LONGEST or not set(number) <= DIALLING - {"+"}:
            words = f"An emergency number has digits only, not {number[:20]!r}."
            raise Invalid(
                words,
                field="emergency_numbers",
                why="emergencyDigits",
                parameters={"number": number[:20]},
            )


def _check_examples(domain: Domain) -> None:
    examples = domain.number_examples
    if len(examples) > MOST_EXAMPLES:
        words = f"A dial plan has at most {MOST_EXAMPLES} examples."
        raise Invalid(
            words,
            field="number_examples",
            why="mostExamples",
            parameters={"most": MOST_EXAMPLES},
        )
    if any(max(len(one.number), len(one.expected)) > LONGEST for one in examples):
        words = f"An example's numbers have at most {LONGEST} characters."
        raise Invalid(
            words, field="number_examples", why="exampleLonger", parameters={"most": LONGEST}
        )
    breaks = list(broken(examples, plan_of(domain)))
    if breaks:
        first = breaks[0]
        words = (
            f"This breaks {len(breaks)} saved example{'s' if len(breaks) > 1 else ''}: "
            f"{first.example.number} would give {first.result or 'nothing'} "
            f"instead of {first.example.expected}."
        )
        raise Invalid(
            words,
            field="number_examples",
            why="breaksExamples",
            parameters={"examples": len(breaks)},
            broken=[
                {
                    "direction": one.example.direction.value,
                    "number": one.example.number,
                    "expected": one.example.expected,
                    "result": one.result,
                }
                for one in breaks
            ],
        )
