"""Numbers that people type and PBXs send, and the dial-plan rules of administrators."""

from fuzz.mutation import ByTokens
from fuzz.seeds import DIGITS, JSON_WORDS, NESTED_JSON
from fuzz.target import Target, holds
from tws.errors import Invalid
from tws.numbering import clean, heard, outgoing, plan_of, read_typed, split_numbers, written
from tws.numbering.expressions import LONGEST, Expression
from tws.numbering.rules import RuleSet, default_rules
from tws.numbering.sheets import LARGEST, read_sheet, to_csv, to_json
from tws.numbering.typed import Typed
from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import DialRule, Domain

DOMAIN = Domain(
    id=DomainId("1"), version=1, company=CompanyId("1"), name="SSDEI", time_zone="Europe/Paris"
)
PLAN = plan_of(DOMAIN)
DIALLED = set("0123456789*#+()")
TYPED = (
    *(b"+33 (0)1 55 17 18 89", b"01 44 11 22 41/42", b"tel:+33155171889;ext=12", b"4001"),
    *("Tél. : 01 55 17 18 89 poste 12 (bureau) ; 06.12.34.56.78 ou 4002".encode(), b"(0)1"),
    *("０１５５１７１８８９".encode(), "٠١٥٥".encode(), b"sip:4001@pbx.example", b"*21*4002#"),
    *(b" " * 300, b"1" * 300, b"1/2/3/4" * 40, b"x1 " * 90, b"(" * 100),
)


def _typed(data: bytes) -> None:
    text = data.decode(errors="replace")
    digits = sum(map(str.isdigit, text))
    holds(len(split_numbers(text)) <= max(1, digits), "more numbers than digits")
    try:
        typed = read_typed(text)
    except Invalid as error:
        holds(bool(error.message), "no words")
        return
    holds(set(typed.number) <= DIALLED and any(map(str.isdigit, typed.bare)), "not to be dialled")
    holds(typed.extension.isdecimal() or not typed.extension, "no extension")
    reading = written(text, PLAN)
    holds(reading is not None and (reading.internal or reading.digits.isdigit()), "no reading")


NUMBER_TYPED = Target(
    feed=_typed,
    seeds=TYPED,
    words=(*DIGITS, b" ext ", b"/", b";", b" ou ", b",", b"poste", b" "),
    mutate=ByTokens(rb"\d+|\w+|\s+|.", TYPED, DIGITS),
    longest=1024,
    short=160,
)


def _heard(data: bytes) -> None:
    text = data.decode(errors="replace")
    cleaned = clean(text)
    holds(set(cleaned) <= set("0123456789*#+ABCD"), "not to be dialled")
    holds(clean(cleaned) == cleaned, "cleaned twice it is another one")
    reading = heard(text, PLAN)
    if reading is not None:
        holds(reading.e164 is None or reading.e164[1:].isdigit(), "no E.164")
    try:
        sent = outgoing(text, PLAN)
    except Invalid:
        return
    holds(bool(sent.number), "nothing is dialled")


NUMBER_HEARD = Target(
    feed=_heard,
    seeds=TYPED[:8],
    words=(*DIGITS, b"sip:", b"@", b"anonymous", b"ABCD"),
    longest=512,
    short=64,
)


# ---------------------------------------------------------------- rules


def _rule(data: bytes) -> None:
    """Pattern, value and number between line feeds."""
    pattern, _, rest = data.decode(errors="replace").partition("\n")
    value, _, number = rest.partition("\n")
    rule = DialRule(1, "", pattern, value)
    try:
        rules = RuleSet((rule, *default_rules()), PLAN.tokens, PLAN.internal_length)
    except Invalid as error:
        holds(bool(error.message), "no words")
        return
    typed = Typed(number)
    applied = rules.apply(typed)
    tried = list(rules.tries(typed))
    found = [one for one in tried if one.verdict == "applied"]
    holds([one.result for one in found] == ([applied[0]] if applied else []), "tried otherwise")
    if applied is not None and applied[1] is rule:
        # `$0` to `$9`, each of the number at most.
        most = len(number) + len(value) * (len(number) + 20)
        holds(len(applied[0]) <= most, "longer than what it is made of")


RULES = (
    b"[(\\+|00)?33\\(0\\)]\n0$1\n+33(0)155171889",
    b"+33\n00\n+33155171889",
    b"[(a+)+$]\n$0$0$0$0\n" + b"a" * 200 + b"!",
    b"[[-InternationalPrefix-][-CountryPrefix-](?:0)?]\n[-ExternalPrefix-]0\n0033155171889",
    b"[(?P<n>\\d{2,4})|x*]\n$9\n1234",
    b"[(?=1)\\1(?>2)]\n\n1",
    b"[((((((((((\\d?){30}){30}){30}))))))))]\n\n1",
    b"[[0-9-[5]]]\n\n5",
)
SIGNS = (b"(?:", b"{1000}", b"*?", b"\\pL", b"[^", b"$1", b"[-NationalPrefix-]", b"\\Q", b"(?i)")
DIAL_RULE = Target(
    feed=_rule,
    seeds=RULES,
    words=SIGNS,
    mutate=ByTokens(rb"\[-\w+-\]|\\.|\{\d*,?\d*\}|\(\?.|\w+|.", RULES, SIGNS),
    longest=1024,
    short=200,
)


def _expression(data: bytes) -> None:
    """Of mappings and rules alike; the text that it is tried on is a hard one."""
    source = data.decode(errors="replace")
    try:
        made = Expression(source)
    except Invalid as error:
        holds(bool(error.message), "no words")
        return
    holds(len(source) <= LONGEST, "too long")
    for text in ("0155171889", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "", "é\n"):
        found = made.begins(text)
        holds(found is None or (found.end <= len(text) and made.is_in(text)), "beyond its end")
        holds(found is None or len(found.groups) == made.groups + 1, "other groups")


EXPRESSION = Target(
    feed=_expression,
    seeds=(b"(a*)*b", b"^(\\d{4}|x)$", "é+".encode(), b"(?P<n>a)(?:b)", b"[[:alpha:]]", b"(a|b|)"),
    words=SIGNS,
    longest=LONGEST + 10,
)


def _sheet(data: bytes) -> None:
    try:
        rules = read_sheet(data)
    except Invalid as error:
        holds(bool(error.message), "no words")
        return
    if any("\0" in f"{one.name}{one.pattern}{one.value}" for one in rules):
        return
    if len(again := to_json(rules)) <= LARGEST:
        holds(read_sheet(again) == rules, "other rules from JSON")
    if len(again := to_csv(rules)) <= LARGEST and rules and _plain(rules):
        holds(read_sheet(again) == rules, "other rules from CSV")


def _plain(rules: tuple[DialRule, ...]) -> bool:
    """Whether a sheet keeps them: it takes off blanks, and has priorities of nine digits."""
    texts = (text for one in rules for text in (one.name, one.pattern, one.value))
    sized = all(0 <= one.priority < 10**9 for one in rules)
    return sized and all(text == text.strip() and text[:1] != "'" for text in texts)


SHEETS = (
    to_csv(default_rules()),
    to_json(default_rules()),
    "Priorité;Nom;Modèle;Valeur\n1;a;+33;0\n".encode("cp1252"),
    b'priority,name,pattern,value\n1,"a""b","=1+1",\'+33\n',
)
DIAL_SHEET = Target(
    feed=_sheet,
    seeds=(*SHEETS, *NESTED_JSON),
    words=(*JSON_WORDS, b'"priority":', b";", b",", b'"', b"\r\n", b"'=", b"longerOnly"),
    mutate=ByTokens(rb'"[^"]*"|\w+|.', SHEETS, (b'"', b",", b";", b"\n", *JSON_WORDS)),
)
