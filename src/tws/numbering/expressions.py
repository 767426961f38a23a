"""Regular expressions of administrators, on an engine whose time is linear in what it reads.

RE2 has no look-around and no back-references: with them no engine can promise that. They are
refused when a rule is saved, with the construct named.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import re2

from tws.errors import Invalid
from tws.sentences import Sentence, said, sentence

LONGEST = 500
"Characters of a pattern."
_GROUP = re.compile(r"\$(\d)")
_CONSTRUCTS = (
    (re.compile(r"\(\?<?[=!]"), "look-around"),
    (re.compile(r"\\[1-9]|\\k[<{']|\(\?P="), "a back-reference"),
    (re.compile(r"\(\?>"), "an atomic group"),
    (re.compile(r"[*+?}]\+"), "a possessive quantifier"),
    (re.compile(r"\(\?\("), "a condition"),
    (re.compile(r"\(\?R\)|\(\?&|\(\?\d"), "recursion"),
)
"What .NET and PCRE have and RE2 has not."


_PHRASES = (
    sentence("bad repetition operator: {part}"),
    sentence("invalid UTF-8: {part}"),
    sentence("invalid UTF-8"),
    sentence("invalid character class range: {part}"),
    sentence("invalid character class: {part}"),
    sentence("invalid escape sequence: {part}"),
    sentence("invalid named capture group: {part}"),
    sentence("invalid perl operator: {part}"),
    sentence("invalid repetition size: {part}"),
    sentence("missing ): {part}"),
    sentence("missing ]: {part}"),
    sentence("no argument for repetition operator: {part}"),
    sentence("pattern too large - compile failed"),
    sentence("trailing \\"),
    sentence("unexpected ): {part}"),
)
"What RE2 says (`RegexpStatus`)."


@dataclass(frozen=True, slots=True)
class Found:
    """Where an expression matched at the beginning of a text."""

    end: int
    groups: tuple[str, ...]
    "The whole match, then each group; an empty text where a group took no part."


class Expression:
    def __init__(self, source: str) -> None:
        """Invalid in words, with the construct named."""
        if len(source) > LONGEST:
            words = f"This expression is too long: {LONGEST} characters at most."
            raise Invalid(words, why="expressionLonger", parameters={"most": LONGEST})
        if (taken := _taken_away(source)) is not None:
            raise Invalid(
                f"This expression takes characters away from others, {taken}, which is not "
                "offered: name those that remain.",
                why="subtractionNotOffered",
                parameters={"construct": taken},
            )
        try:
            self._compiled = re2.compile(source, _options())
        except re2.error as error:
            raise _refused(source, error.args[0]) from None

    @property
    def groups(self) -> int:
        return int(self._compiled.groups)

    def is_in(self, text: str) -> bool:
        """Whether it matches anywhere."""
        return self._compiled.search(text) is not None

    def begins(self, text: str) -> Found | None:
        found = self._compiled.match(text)
        if found is None:
            return None
        return Found(found.end(), (found.group(), *found.groups(default="")))


def written_out(text: str, tokens: Mapping[str, str]) -> str:
    """`text` with each token replaced by its value."""
    for token, value in tokens.items():
        text = text.replace(token, value)
    return text


def escaped(tokens: Mapping[str, str]) -> dict[str, str]:
    """The values as an expression takes them literally."""
    return {token: re.escape(value) for token, value in tokens.items()}


def filled(value: str, groups: tuple[str, ...]) -> str:
    """`value` with `$0` to `$9` replaced by what the groups took."""
    return _GROUP.sub(lambda m: groups[int(m[1])] if int(m[1]) < len(groups) else "", value)


def without_groups(value: str) -> str:
    """What of `value` is taken as it is."""
    return _GROUP.sub("", value)


def groups_named(value: str) -> set[int]:
    """The groups that `value` asks for."""
    return {int(number) for number in _GROUP.findall(value)}


def _taken_away(source: str) -> str | None:
    """`-[5]` of .NET's `[0-9-[5]]`, which RE2 reads, and as something else."""
    opened: int | None = None
    at = 0
    while at < len(source):
        if source[at] == "\\":
            at += 1
        elif opened is None:
            if source[at] == "[":
                opened = at + 1 + source.startswith("^", at + 1)
        elif source[at] == "]" and at > opened:
            opened = None
        elif source.startswith("-[", at) and at > opened and source[at + 2 : at + 3] != ":":
            return source[at : source.find("]", at) + 1 or None]
        at += 1
    return None


def _options() -> "re2.Options":
    options = re2.Options()
    options.log_errors = False
    return options


def _said(words: str) -> Sentence:
    phrase, colon, part = words.partition(": ")
    template = phrase + ": {part}" if colon else phrase
    for known in _PHRASES:
        if known.template == template:
            return Sentence(template, {"part": part} if colon else {})
    return said(words)


def _refused(source: str, message: bytes) -> Invalid:
    for construct, name in _CONSTRUCTS:
        if (found := construct.search(source)) is not None:
            return Invalid(
                f"This expression uses {name}, {found[0]}, which is not offered: "
                "it could keep a call waiting for ever.",
                why="constructNotOffered",
                parameters={"construct": found[0]},
            )
    phrase = _said(message.decode(errors="replace"))
    return Invalid(
        f"This expression cannot be read: {phrase}",
        why="expressionUnreadable",
        parameters={"said": phrase},
    )
