"""The register of dialects: what a form of each makes, and what is said of what cannot be."""

import dataclasses

import pytest

from tws import links
from tws.errors import Invalid
from tws.forms import describe
from tws.organisation.actor import CompanyId, DomainId
from tws.organisation.model import Link
from tws.register import Register
from tws.telephony.link import Address, Dialect, Open

ENOUGH: dict[str, dict[str, object]] = {
    "csta_xml": {"host": "pbx.example", "pbx_type": "A5000"},
    "asterisk": {"host": "pbx.example"},
}


def link(dialect: str, **settings: object) -> Link:
    return Link(
        id="1",
        version=1,
        company=CompanyId("1"),
        domain=DomainId("1"),
        name="PBX",
        dialect=dialect,
        capacity=1,
        enabled=True,
        settings=settings,
    )


@pytest.mark.parametrize("name", links.REGISTER.names())
def test_each_dialect_has_a_form_that_makes_a_link(name: str) -> None:
    dialect = links.dialect(name)
    assert dialect.name == name and links.dialects()[name] is dialect
    assert all(field.help for field in describe(dialect.Settings))
    assert links.secret_fields(name) == {"password"}
    stored = links.validate(name, ENOUGH[name])
    assert stored.keys() == {field.name for field in dataclasses.fields(dialect.Settings)}
    assert links.validate(name, stored) == stored
    assert links.driver(link(name, **stored), 0.0).outputs() == []


@pytest.mark.parametrize(
    ("name", "usual_port"), [("csta_xml", 3211), ("asterisk", 5038)], ids=links.REGISTER.names()
)
def test_a_dialect_says_where_it_will_dial(name: str, usual_port: int) -> None:
    for more, port in (({}, usual_port), ({"port": 7000, "tls": True}, 7000)):
        row = link(name, **links.validate(name, {**ENOUGH[name], **more}))
        address = links.address(row)
        assert isinstance(address, Address)
        assert (address.host, address.port) == ("pbx.example", port)
        driver = links.driver(row, 0.0)
        driver.start(0.0)
        assert [each.address for each in driver.outputs() if isinstance(each, Open)] == [address]


def test_nobody_says_where_a_link_dials_that_cannot_work() -> None:
    assert links.address(link("asterisk", host="")) is None
    assert links.address(link("smoke")) is None


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"fantasy": 1}, "settings.fantasy", "No such setting: fantasy."),
        ({"host": None}, "settings.host", "host: needed"),
        ({"port": "5038"}, "settings.port", "port: a whole number is expected"),
        ({"port": 0}, "settings.port", "port: 1 to 65535 is expected"),
        ({"answer": "sing"}, "settings.answer", "answer: one of talk"),
    ],
)
def test_what_is_wrong_is_said_of_its_setting(
    changes: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        links.validate("asterisk", {"host": "pbx.example", **changes})
    assert refused.value.details == {"field": field}
    assert refused.value.message.startswith(words)


def test_a_link_of_no_known_kind() -> None:
    with pytest.raises(Invalid, match="No such kind of link: smoke") as refused:
        links.validate("smoke", {})
    assert refused.value.details == {"field": "dialect"}


def test_a_dialect_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    away: Register[type[Dialect]] = Register({"snom": "not_installed_anywhere:Snom [snom]"})
    monkeypatch.setattr(links.WINDOWS, "register", away)
    assert "install 'tws[snom]'" in str(links.dialects()["snom"])
    with pytest.raises(Invalid, match=r"install 'tws\[snom\]'"):
        links.validate("snom", {})
    with pytest.raises(ValueError, match=r"install 'tws\[snom\]'"):
        links.driver(link("snom"), 0.0)


def test_each_says_what_to_look_at_on_its_pbx() -> None:
    assert "3211" in str(links.advice("csta_xml")) and "manager.conf" in str(
        links.advice("asterisk")
    )
    assert links.advice("semaphore") is None
