"""Dial-plan rules (specification 5): a pattern at the beginning of a number, and what replaces it.

A rule is data: the default set below is what a domain has until it has rules of its own. Literal
patterns look at the number without parentheses, patterns in `[`...`]` (regular expressions) at the
number with them. Tokens stand for the domain's settings; they are replaced first, and
only then is `[`...`]` looked for: `[-InternationalPrefix-]` alone is a literal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tws.numbering.expressions import Expression, escaped, filled, written_out
from tws.numbering.typed import Typed
from tws.organisation.model import DialRule

INTERNATIONAL = "[-InternationalPrefix-]"
EXTERNAL = "[-ExternalPrefix-]"
COUNTRY = "[-CountryPrefix-]"
NATIONAL = "[-NationalPrefix-]"
TOKENS = (INTERNATIONAL, EXTERNAL, COUNTRY, NATIONAL)


class Verdict(StrEnum):
    """What became of a rule for one number."""

    APPLIED = "applied"
    OVERRULED = "overruled"
    "It matches too, but one with a lower priority value was applied."
    NO_MATCH = "noMatch"
    TOO_SHORT = "tooShort"
    "Only for numbers longer than an internal one."


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule, as it was tried on one number."""

    rule: DialRule
    pattern: str
    "With the settings in the place of tokens."
    verdict: Verdict
    result: str | None = None
    "The number as the rule changes it, where it matches."


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: DialRule
    pattern: str
    value: str
    expression: Expression | None
    "None: a literal."

    def changed(self, typed: Typed) -> str | None:
        """The number after the rule; None where its pattern does not begin it."""
        if self.expression is None:
            if not self.pattern or not typed.bare.startswith(self.pattern):
                return None
            return self.value + typed.bare[len(self.pattern) :]
        found = self.expression.begins(typed.number)
        if found is None:
            return None
        changed = filled(self.value, found.groups) + typed.number[found.end :]
        return changed.replace("(", "").replace(")", "")


class RuleSet:
    """Rules with the tokens replaced, in order: by priority, equal ones as they were given."""

    def __init__(
        self, rules: Sequence[DialRule], tokens: Mapping[str, str], longer_than: int
    ) -> None:
        """`longer_than`: digits of the numbers to which rules with `longer_only` do not apply.
        Invalid in words for a pattern that cannot be read."""
        self._longer_than = longer_than
        ordered = sorted(rules, key=lambda rule: rule.priority)
        self._rules = tuple(_compiled(rule, tokens) for rule in ordered)

    def apply(self, typed: Typed) -> tuple[str, DialRule] | None:
        """The number after the rule that applies, and that rule; None = none does."""
        short = self._short(typed)
        for compiled in self._rules:
            if short and compiled.rule.longer_only:
                continue
            if (changed := compiled.changed(typed)) is not None:
                return changed, compiled.rule
        return None

    def tries(self, typed: Typed) -> Iterator[Tried]:
        """Every rule in order, with what became of it."""
        short, applied = self._short(typed), False
        for compiled in self._rules:
            changed = compiled.changed(typed)
            if changed is None:
                verdict = Verdict.NO_MATCH
            elif short and compiled.rule.longer_only:
                verdict = Verdict.TOO_SHORT
            elif applied:
                verdict = Verdict.OVERRULED
            else:
                verdict, applied = Verdict.APPLIED, True
            yield Tried(compiled.rule, compiled.pattern, verdict, changed)

    def _short(self, typed: Typed) -> bool:
        return sum(c.isdigit() for c in typed.number) <= self._longer_than


def default_rules() -> tuple[DialRule, ...]:
    """The set of chapter 5 with which every row of its number table comes out."""
    home = EXTERNAL + NATIONAL
    abroad = EXTERNAL + INTERNATIONAL
    plus = rf"(\+|{INTERNATIONAL})?"
    return (
        DialRule(5, "+33 (0)", f"+{COUNTRY}{NATIONAL}", home),
        DialRule(10, "33 (0)", rf"[{plus}{COUNTRY}\({NATIONAL}\)]", home),
        DialRule(15, "+33", f"+{COUNTRY}", home),
        DialRule(20, "00 33", f"[{INTERNATIONAL}{COUNTRY}(?:{NATIONAL})?]", home),
        DialRule(25, "33", f"[{COUNTRY}(?:{NATIONAL})?]", home, longer_only=True),
        DialRule(30, "+42 (0)", rf"[{plus}([^\(]+)\(0\)]", f"{abroad}$2"),
        DialRule(40, "+", "+", abroad),
        DialRule(50, "#", "#", "#"),
        DialRule(60, "*", "*", "*"),
    )


def _compiled(rule: DialRule, tokens: Mapping[str, str]) -> _Compiled:
    pattern, value = written_out(rule.pattern, tokens), written_out(rule.value, tokens)
    expression = None
    if is_expression(pattern):
        expression = Expression(written_out(rule.pattern, escaped(tokens))[1:-1])
    return _Compiled(rule, pattern, value, expression)


def is_expression(pattern: str) -> bool:
    """Whether a pattern, its tokens replaced, is a regular expression."""
    return len(pattern) > 2 and pattern.startswith("[") and pattern.endswith("]")
