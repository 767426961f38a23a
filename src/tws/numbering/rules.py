"""Dial-plan rules (specification 5): a pattern at the beginning of a number, and what replaces it.

A rule is data: the default set below is what a domain has until it has rules of its own. Literal
patterns look at the number without parentheses, patterns in `[`...`]` (regular expressions) at the
number with them (AMB-8b). Tokens stand for the domain's settings; they are replaced first, and
only then is `[`...`]` looked for: `[-InternationalPrefix-]` alone is a literal (AMB-6).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tws.numbering.typed import Typed

INTERNATIONAL = "[-InternationalPrefix-]"
EXTERNAL = "[-ExternalPrefix-]"
COUNTRY = "[-CountryPrefix-]"
NATIONAL = "[-NationalPrefix-]"


@dataclass(frozen=True, slots=True)
class Rule:
    """Of the rules whose pattern begins a number, the one with the lowest priority is applied."""

    priority: int
    name: str
    pattern: str
    value: str
    "`$1`, `$2`: the groups of a regular expression."
    longer_than: int = 0
    "Applied only to numbers with more digits than this (AMB-8)."


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    literal: str | None
    expression: re.Pattern[str] | None
    value: str


class RuleSet:
    """Rules with the tokens replaced, in order."""

    def __init__(self, rules: Sequence[Rule], tokens: Mapping[str, str]) -> None:
        ordered = sorted(rules, key=lambda rule: rule.priority)
        self._rules = tuple(_compiled(rule, tokens) for rule in ordered)

    def apply(self, typed: Typed) -> tuple[str, Rule] | None:
        """The number after the rule that applies, and that rule; None = none does."""
        digits = sum(c.isdigit() for c in typed.number)
        for compiled in self._rules:
            if digits <= compiled.rule.longer_than:
                continue
            changed = _changed(compiled, typed)
            if changed is not None:
                return changed.replace("(", "").replace(")", ""), compiled.rule
        return None


def default_rules(internal_length: int, inverse_length: int, national: str) -> tuple[Rule, ...]:
    """The set of chapter 5 with which every row of its number table comes out.

    Where the national prefix is empty a national number may begin with the digits of the country
    code (an Italian mobile 39x): rule 25 then only takes what is longer than a national number.
    """
    longer = internal_length if national else max(internal_length, inverse_length)
    home = EXTERNAL + NATIONAL
    abroad = EXTERNAL + INTERNATIONAL
    plus = rf"(\+|{INTERNATIONAL})?"
    return (
        Rule(5, "+33 (0)", f"+{COUNTRY}{NATIONAL}", home),
        Rule(10, "33 (0)", rf"[{plus}{COUNTRY}\({NATIONAL}\)]", home),
        Rule(15, "+33", f"+{COUNTRY}", home),
        Rule(20, "00 33", f"[{INTERNATIONAL}{COUNTRY}(?:{NATIONAL})?]", home),
        Rule(25, "33", f"[{COUNTRY}(?:{NATIONAL})?]", home, longer_than=longer),
        Rule(30, "+42 (0)", rf"[{plus}([^\(]+)\(0\)]", f"{abroad}$2"),
        Rule(40, "+", "+", abroad),
        Rule(50, "#", "#", "#"),
        Rule(60, "*", "*", "*"),
    )


def _compiled(rule: Rule, tokens: Mapping[str, str]) -> _Compiled:
    pattern = _replaced(rule.pattern, tokens)
    value = _replaced(rule.value, tokens)
    if len(pattern) > 2 and pattern.startswith("[") and pattern.endswith("]"):
        escaped = {token: re.escape(text) for token, text in tokens.items()}
        source = _replaced(rule.pattern, escaped)[1:-1]
        return _Compiled(rule, None, re.compile(source), value)
    return _Compiled(rule, pattern, None, value)


def _replaced(text: str, tokens: Mapping[str, str]) -> str:
    for token, value in tokens.items():
        text = text.replace(token, value)
    return text


def _changed(compiled: _Compiled, typed: Typed) -> str | None:
    if compiled.literal is not None:
        if not compiled.literal or not typed.bare.startswith(compiled.literal):
            return None
        return compiled.value + typed.bare[len(compiled.literal) :]
    assert compiled.expression is not None  # one of the two is set
    found = compiled.expression.match(typed.number)
    if found is None:
        return None
    groups = (found[0], *found.groups(default=""))
    value = re.sub(
        r"\$(\d)", lambda m: groups[int(m[1])] if int(m[1]) < len(groups) else "", compiled.value
    )
    return value + typed.number[found.end() :]
