"""What administrators write or send: templates of the alerter, of text messages and of mappings,
connection strings, configurations."""

import msgspec

from fuzz.choices import Choices
from fuzz.mutation import ByTokens
from fuzz.seeds import JSON_PARTS, JSON_WORDS, NESTED_JSON
from fuzz.target import Target, holds
from tws.alerter import tokens
from tws.alerter.addresses import OPENED, scheme_of
from tws.alerter.model import Caller
from tws.alerter.template import Mistaken, parse, write
from tws.connectors.databases.connection_strings import LONGEST, ConnectionString, written
from tws.connectors.sms import templates as sms
from tws.directory.mapping import read as read_field
from tws.errors import Invalid
from tws.forms import WrongValue
from tws.sources.errors import Misconfigured
from tws.templates import file as configuration

TEMPLATES = (
    b'<alerter vip="true"><image x="10" y="10">[-Picture-]</image>'
    b'<text x="80" directory="exchange, ldap">[-DisplayName-] &amp; [-[Label]-]</text>'
    b'<button y="90" url="https://crm.example/[-Custom0-]" exe="&quot;C:\\a b&quot; [-Email1-]">'
    b"x</button></alerter>",
    b'<?xml version="1.0" encoding="windows-1252"?><alerter><text>\xe9</text></alerter>',
    '<?xml version="1.0" encoding="utf-16"?><alerter><text>a</text></alerter>'.encode("utf-16"),
    b'<!DOCTYPE a [<!ENTITY b "c">]><alerter><text>&b;</text></alerter>',
    b"<alerter>" + b"<text>a</text>" * 210 + b"</alerter>",
    b'<?xml encoding="cp125x"?><alerter/>',
)
XML = rb"</?\w+|/?>|\w+=|\"[^\"]*\"|\[-\w+-\]|&\w+;|[^<>\"= ]+|."


def _template(data: bytes) -> None:
    try:
        found = parse(data)
    except Mistaken as error:
        holds(bool(error.mistakes), "no mistake is told")
        holds(all(one.line >= 1 and one.column >= 1 for one in error.mistakes), "nowhere")
        return
    holds(parse(write(found)) == found, "written and read it is another one")


ALERTER_TEMPLATE = Target(
    feed=_template,
    seeds=TEMPLATES,
    words=(b"<text>", b"<button ", b"<image>", b"url=", b"exe=", b"[-Picture-]", b"<!DOCTYPE"),
    mutate=ByTokens(XML, TEMPLATES, ()),
)


def _tokens(data: bytes) -> None:
    """A text with tokens, a line feed, and the value that all of them have."""
    text, _, value = data.decode(errors="replace").partition("\n")
    values = dict.fromkeys(map(tokens.fold, tokens.ALL), value)
    caller, nobody = Caller(values=values), Caller(values={})
    joined = "".join(f"[-{part}-]" if token else part for part, token in tokens.parts(text))
    holds(joined == text, "parts that are not the whole")
    address = tokens.in_address(text, caller, OPENED)
    holds(not address or scheme_of(address) in OPENED, "an address that may not be opened")
    one, other = tokens.command(text, nobody), tokens.command(text, caller)
    holds(len(one) <= len(other) or not value, "fewer arguments")
    named = [
        argument for argument in tokens.command(text, Caller(values=dict.fromkeys(values, "x")))
    ]
    if value:
        holds(len(other) == len(named), "a value makes an argument more, or one fewer")


ALERTER_TOKENS = Target(
    feed=_tokens,
    seeds=(
        b'"C:\\Program Files\\crm.exe" /id [-Custom0-] "[-Lastname-]"\n-x "a" b',
        b"https://crm.example/?n=[-PhoneNumber-]&m=[-[VIP]-]\njavascript:alert(1)",
        b"[-Url-]/a b\nfile:///etc/passwd",
        b"mailto:[-Email1-]\na@b?cc=c",
    ),
    words=(b"[-Lastname-]", b"[-[VIP]-]", b"[-", b"-]", b'"', b"https://", b"javascript:", b"\0"),
    mutate=ByTokens(rb"\[-\w+-\]|\w+|.", (b"https://a/[-Url-]\nb",), (b"[-Url-]", b'"', b"-")),
    longest=1024,
    short=160,
)


def _connection(data: bytes) -> None:
    choices = Choices(data)
    quotes, lenient = choices.flag(), choices.flag()
    text = choices.text()
    try:
        found = ConnectionString(text, quotes, lenient)
        found.inner()
    except WrongValue as error:
        holds(text not in str(error) or len(text) < 40, "it repeats a string with a password")
        return
    holds(all(part.begin < part.end for part in found.parts), "nowhere")
    shown = found.without_secrets()
    if len(shown) > LONGEST:
        return  # quotes within quotes: more of them than there were
    again = ConnectionString(shown, quotes, lenient)
    holds(not again.password(), "a password is shown")
    value = found.get(*found.keys())
    try:
        made = written({"key": value})
    except Misconfigured:
        return
    holds(ConnectionString(made).get("key") == value, "another value is read")


STRINGS = (
    b"Driver= {Microsoft Excel Driver (*.xls)};Dbq=C:\\Annuaire\\Annuaire.xls;",
    b"Provider=SQLOLEDB;Data Source=\"a;b\";Password='it''s';User ID=tws\x01",
    b'Provider=x;Extended Properties="Excel 8.0;HDR=YES;PWD=""a"";"\x01\x01',
    b"Server=a;Pwd={p}}q};Uid=u; = =b;a==b=c",
    b"a" * 3000,
    b"a = " * 900,
)
CONNECTION_STRING = Target(
    feed=_connection,
    seeds=STRINGS,
    words=(
        b"Pwd=",
        b"Password =",
        b"Extended Properties=",
        b"{",
        b"}}",
        b"''",
        b'""',
        b"==",
        b";",
    ),
    mutate=ByTokens(rb"\w+|\s+|.", STRINGS, (b"{", b"}", b'"', b"'", b"=", b";")),
)


def _field(data: bytes) -> None:
    """A source field with its options, a line feed, and a value."""
    text, _, value = data.decode(errors="replace").partition("\n")
    try:
        field = read_field(text)
    except Invalid as error:
        holds(bool(error.message), "no words")
        return
    holds(bool(field.name), "no name")
    made = field.of(value)
    holds(bool(value) or not made, "something of nothing")


MAPPING_FIELD = Target(
    feed=_field,
    seeds=(b"Surname|u,i\nDupont", b"tel|p:9{0}::^[0-9]{4}$,h\n4001", b"a|p::,x{0},l\nB", b"|a\n"),
    words=(b"|", b",", b"p:", b"::", b"{0}", b"h", b"m"),
    longest=1200,
)


def _sms(data: bytes) -> None:
    """A body for a gateway, a line feed, and what somebody wrote."""
    template, _, value = data.decode(errors="replace").partition("\n")
    values = {name: value for name in sms.names_in(template)}
    for escape in (sms.in_json, sms.in_xml, sms.in_address, sms.as_it_is):
        sms.filled(template, values, escape)
    named = sms.filled('{"t": "{text}"}', {"text": value}, sms.in_json)
    holds(msgspec.json.decode(named) == {"t": value}, "a text breaks out of its JSON")
    line = sms.one_line(value)
    holds("\n" not in line and "\r" not in line, "a text makes another header")


SMS_TEMPLATE = Target(
    feed=_sms,
    seeds=(
        b'{"to": "{number}", "text": "{text}"}\na "b" \\ c',
        b"<t>{text}</t>\n<a>&",
        b"{{a}}\n",
    ),
    words=(b"{text}", b"{number}", b'"', b"\\", b"{", b"}", b"\r\n"),
    longest=1024,
)


def _configuration(data: bytes) -> None:
    try:
        found = configuration.read(data)
    except Invalid as error:
        holds(bool(error.message), "no words")
        return
    holds(configuration.read(configuration.written(found)) == found, "written it is another one")


CONFIGURATIONS = (
    configuration.written(
        configuration.Template(
            format=configuration.FORMAT,
            schema=2,
            groups=[configuration.GroupItem(domain="SSDEI", name="Accueil", rank=1)],
            parameters=[configuration.ParameterItem(parameter="a", value=1)],
        )
    ),
    b'{"format":"tws-configuration","schema":99}',
    b'{"format":"tws-configuration","schema":2,"domains":[{}]}',
)
CONFIGURATION_FILE = Target(
    feed=_configuration,
    seeds=(
        *CONFIGURATIONS,
        *NESTED_JSON,
        *(CONFIGURATIONS[1][:-1] + b',"links":' + n for n in NESTED_JSON),
    ),
    words=(*JSON_WORDS, b'"groups":', b'"grants":', b'"settings":', b'"schema":'),
    mutate=ByTokens(JSON_PARTS, CONFIGURATIONS, JSON_WORDS),
)
