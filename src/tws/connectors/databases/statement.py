"""What is read of a database: a table, or one SELECT that changes nothing. Pure.

Databases differ in what they call a quote or a comment. A statement is therefore accepted only
where no database can understand it in another way than it is looked at here; what that costs
(comments, a backslash before a quote) is said in words. The transaction is read-only besides,
where the database has such.
"""

import re
from collections.abc import Callable

from tws.sentences import sentence
from tws.sources.errors import Misconfigured

LONGEST = 20_000
"Characters of a statement."
_TOKEN = re.compile(
    r"""
      (?P<text> '(?: [^'\\] | '' | \\(?!') )*' )
    | (?P<name> " [^"';`\\]+ " | ` [^"';`\\]+ ` | \[ [^\]"';`\\]* \] )
    | (?P<word> \w+ )
    | (?P<refused> -- | /\* | \#  | ; | ['"`\\] | \$\w*\$ )
    | (?P<other> [\s\S] )
    """,
    re.VERBOSE,
)
_CHANGING = frozenset(
    "insert update delete merge into create alter drop truncate grant revoke deny exec execute"
    " call shutdown kill backup restore dbcc waitfor openrowset openquery opendatasource".split()
)
_NEVER_CLOSED = sentence("A quote in the SELECT is never closed.")
_WHY = {
    "--": sentence("Comments are not accepted here: take them out."),
    "/*": sentence("Comments are not accepted here: take them out."),
    "#": sentence("# is not accepted here, but in a quoted name."),
    ";": sentence("Only one statement is accepted: there is a ; in the middle."),
    "\\": sentence("A backslash is not accepted here."),
}
_PART = re.compile(r'\s*(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([^."`\[\]]+))\s*(\.|$)')


def statement(
    source: str, quotes: tuple[str, str] = ('"', '"'), fold: Callable[[str], str] = str
) -> str:
    """The SELECT that reads `source`: itself, or everything of the table of that name, perhaps
    with its schema. `quotes`: what the database writes around a name; `fold`: what it makes of one
    without. Misconfigured."""
    source = source.strip().removesuffix(";").strip()
    if not source:
        raise Misconfigured("Which table is to be read? Give its name, or a SELECT.")
    if len(source) > LONGEST:
        raise Misconfigured("The SELECT is too long: {most} characters at most.", most=LONGEST)
    if re.match(r"(select|with)\b", source, re.IGNORECASE):
        _check(source)
        return source
    begin, end = quotes
    names = (begin + name.replace(end, end * 2) + end for name in table(source, fold))
    return f"SELECT * FROM {'.'.join(names)}"  # noqa: S608  a name, quoted


def table(written: str, fold: Callable[[str], str] = str) -> tuple[str, ...]:
    """`crm.people`, `[My table]`, `"a"."b"`: the names, without their quotes. Misconfigured."""
    names, at = [], 0
    while found := _PART.match(written, at):
        quoted = next(filter(None, found.groups()[:3]), "")
        bare = (found[4] or "").strip()
        names.append(quoted or (fold(bare) if re.fullmatch(r"\w+", bare) else bare))
        at = found.end()
        if not found[5]:
            break
    else:
        at = -1
    if at != len(written) or not all(names) or re.search(r"[;\x00-\x1f]", written):
        raise Misconfigured("This is neither the name of a table nor a SELECT.")
    return tuple(names)


def _check(text: str) -> None:
    for token in _TOKEN.finditer(text):
        if token["refused"]:
            raise Misconfigured(_WHY.get(token[0], _NEVER_CLOSED))
        if token["word"] and token[0].lower() in _CHANGING:
            raise Misconfigured(
                "Only a SELECT is accepted, and {word} changes something. If it is the "
                "name of a column, write it in quotes.",
                word=token[0].upper(),
            )
        # Oracle's own quotes, q'[it's]', would end elsewhere than it seems.
        if token["word"] and token[0].lower() in ("q", "nq") and text[token.end() :][:1] == "'":
            raise Misconfigured("Quotes of the form q'[…]' are not accepted here.")
