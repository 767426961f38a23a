"""Requests and filters as ldap3 writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ldap3 import DEREF_NEVER, SUBTREE
from ldap3.operation.bind import bind_operation
from ldap3.operation.extended import extended_operation
from ldap3.operation.search import compile_filter, parse_filter, search_operation
from ldap3.protocol.rfc2696 import paged_search_control
from ldap3.protocol.rfc4511 import Controls, LDAPMessage, MessageID, ProtocolOp
from ldap3.utils.asn1 import encode

from tws.protocols.ldap import filters, requests
from tws.protocols.ldap.ber import integer


def message(number: int, kind: str, operation: object, controls: list[object] | None) -> bytes:
    made = LDAPMessage()
    made["messageID"] = MessageID(number)
    made["protocolOp"] = ProtocolOp().setComponentByName(kind, operation)
    if controls:
        made["controls"] = Controls()
        made["controls"].extend(controls)
    return bytes(encode(made))


def by_ldap3(text: str) -> bytes:
    return bytes(
        encode(compile_filter(parse_filter(text, None, True, True, None, False).elements[0]))
    )


@pytest.mark.parametrize(
    "text",
    [
        "(cn=Zoé)",
        "(objectClass=*)",
        "(cn=a*)",
        "(cn=*a)",
        "(cn=*a*b*)",
        "(cn=a*b*c)",
        "(mail>=m)",
        "(mail<=m)",
        "(cn~=zoe)",
        r"(cn=a\2ab\28\29\5c\00)",
        "(&(a=1)(|(b=2)(!(c=3))))",
        "(& (a=1) (b=2) )",
        "(userAccountControl:1.2.840.113556.1.4.803:=2)",
        "(cn:caseExactMatch:=Zoe)",
        "(:1.2.3:=x)",
        "(cn;lang-fr=x)",
        "(2.5.4.3=x)",
        f"(cn={'x' * 300})",
    ],
)
def test_filters(text: str) -> None:
    assert filters.encoded(text) == by_ldap3(text)
    assert filters.encoded(f"  {text} ") == by_ldap3(text)


def test_filters_that_ldap3_does_not_write() -> None:
    assert filters.encoded("uid=x") == by_ldap3("(uid=x)")
    # its dnAttributes are 1, which is not LDAP's true (RFC 4511, 5.1); and RFC 4526
    assert filters.encoded("(o:dn:=Ace)") == bytes.fromhex("a90b82016f83034163658401ff")
    assert filters.encoded("(&)") == bytes.fromhex("a000")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "()",
        "cn",
        "(cn=x",
        "(cn=x))",
        "(cn=x)(sn=y)",
        "(=x)",
        "(cn=x(y)",
        r"(cn=\)",
        r"(cn=\zz)",
        "(cn>=a*)",
        "(!(a=1)(b=2))",
        "(!)",
        "(&(a=1)",
        "(:=x)",
        "(cn:dn=x)",
        "(!" * 60 + "(a=1)" + ")" * 60,
        "(" * 3000,
    ],
)
def test_what_is_no_filter(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        filters.encoded(text)


@given(st.text(alphabet="()&|!=*\\:~<>a1é ", max_size=60))
def test_anything_is_a_filter_or_is_not(text: str) -> None:
    try:
        made = filters.encoded(text)
    except ValueError:
        return
    assert made


@given(st.integers(0, 2**31 - 1))
def test_integers(value: int) -> None:
    assert int.from_bytes(integer(value)[2:], signed=True) == value


@pytest.mark.parametrize("number", [1, 127, 128, 255, 256, 2**31 - 1])
@pytest.mark.parametrize(
    ("user", "password"), [("cn=x", "y"), ("x" * 200, "clé"), ("é" * 70, "x")]
)
def test_bind(number: int, user: str, password: str) -> None:
    operation = bind_operation(3, "SIMPLE", user, password)
    assert requests.bind(number, user, password).data == message(
        number, "bindRequest", operation, None
    )
    operation = bind_operation(3, "ANONYMOUS")
    assert requests.bind(number, "", "").data == message(number, "bindRequest", operation, None)


def test_start_tls() -> None:
    operation = extended_operation("1.3.6.1.4.1.1466.20037")
    assert requests.start_tls(5).data == message(5, "extendedReq", operation, None)


@pytest.mark.parametrize("page", [0, 1, 1000])
@pytest.mark.parametrize("cookie", [b"", b"\x00more"])
def test_search(page: int, cookie: bytes) -> None:
    attributes = ["*", "entryUUID"]
    text = "(&(objectClass=person)(sn=D*))"
    operation = search_operation(
        "ou=people,o=é", text, SUBTREE, DEREF_NEVER, attributes, 300, 0, False, True, True
    )
    control = [paged_search_control(False, page, cookie)] if page else None
    made = requests.search(
        128,
        "ou=people,o=é",
        filters.encoded(text),
        attributes,
        size_limit=300,
        page=page,
        cookie=cookie,
    )
    assert made.data == message(128, "searchRequest", operation, control)
