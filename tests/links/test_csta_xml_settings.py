"""What an administrator may enter, and what it comes to."""

import dataclasses

import pytest

from tests.links.csta_switch import settings
from tws import links
from tws.errors import Invalid
from tws.links.csta_xml import CstaXml
from tws.links.csta_xml.profiles import PROFILES
from tws.net.carrier import Tls
from tws.telephony.link import Address


def test_a_host_is_enough_for_a5000() -> None:
    made = CstaXml.Settings(host="pbx.example", pbx_type="A5000").configuration()
    assert made.address == Address("pbx.example", 3211, None)
    assert (made.edition, made.session, made.first, made.framing) == (3, "off", "us", "j2")
    assert (made.heartbeat, made.timeout, made.device) == (30, 10, "{n}")


def test_what_is_entered_wins_over_the_profile() -> None:
    made = settings(
        pbx_type="OpenScape Voice",
        port=1040,
        tls=True,
        ca_file="/etc/ssl/pbx.pem",
        verify=False,
        edition="6",
        session="on",
        heartbeat=60,
        timeout=5,
        device_id="sip:{n}@{domain}",
        pbx_domain="paris.example",
        framing="nul",
        first="us",
        register="off",
        features="off",
    ).configuration()
    tls = Tls(server_name="192.0.2.1", ca_file="/etc/ssl/pbx.pem", verify=False)
    assert made.address == Address("192.0.2.1", 1040, tls)
    assert (made.edition, made.session, made.framing, made.first) == (6, "on", "nul", "us")
    assert (made.register, made.features, made.heartbeat, made.timeout) == (False, False, 60, 5)


@pytest.mark.parametrize("pbx_type", PROFILES)
def test_each_profile_makes_a_link(pbx_type: str) -> None:
    made = settings(pbx_type=pbx_type).configuration()
    assert made.profile is PROFILES[pbx_type]
    assert made.edition in (3, 4, 5, 6)


def test_a_user_name_needs_a_session_to_be_sent_in() -> None:
    assert settings(user="tws", password="secret").configuration().session == "auto"
    assert settings(user="tws", session="off").configuration().session == "off"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"host": ""}, "host:"),
        ({"host": "http://pbx"}, "host:"),
        ({"host": "a b"}, "host:"),
        ({"host": 5}, "host: a text"),
        ({"port": 0}, "port: 1 to 65535"),
        ({"port": 70000}, "port:"),
        ({"port": "3211"}, "port: a whole number"),
        ({"port": True}, "port: a whole number"),
        ({"port": None, "pbx_type": "generic"}, "port: needed"),
        ({"pbx_type": "Some PBX"}, "pbx_type: one of A5000"),
        ({"edition": "2"}, "edition: one of"),
        ({"session": "maybe"}, "session:"),
        ({"tls": 1}, "tls: yes or no"),
        ({"heartbeat": 1}, "heartbeat: 5 to 3600"),
        ({"timeout": 0}, "timeout:"),
        ({"session_duration": 5}, "session_duration:"),
        ({"password": "x"}, "password: of no use without a user"),
        ({"device_id": "4001"}, "device_id:"),
        ({"device_id": "{n}{n}"}, "device_id:"),
        ({"device_id": "{x}{n}"}, "device_id:"),
        ({"device_id": "{n"}, "device_id:"),
        ({"device_id": "{n.__class__}"}, "device_id:"),
        ({"device_id": "{n:>1000000}"}, "device_id:"),
        ({"device_id": "sip:{n}@{domain}"}, "pbx_domain: needed"),
        ({"framing": "soap"}, "framing:"),
    ],
)
def test_what_cannot_work_is_refused_in_words(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        settings(**changes)


LEFT_OUT = [
    ({"user": "tws", "password": "secret", "session": "off"}, "user"),
    ({"pbx_domain": "paris.example"}, "pbx_domain"),
    ({"pbx_domain": "paris.example", "device_id": "tel:{n}"}, "pbx_domain"),
]


@pytest.mark.parametrize(("changes", "field"), LEFT_OUT)
def test_a_form_with_what_the_pbx_is_never_told_is_refused_and_a_stored_link_goes_on(
    changes: dict[str, object], field: str
) -> None:
    form = {"host": "pbx.example", "pbx_type": "A5000", **changes}
    with pytest.raises(Invalid, match=f"^{field}: ") as refused:
        links.validate("csta_xml", form)
    assert refused.value.details == {"field": f"settings.{field}"}
    stored = dataclasses.asdict(settings(**form))
    assert CstaXml.driver(settings(**stored), 0.0).outputs() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"user": "tws", "password": "secret"},
        {"user": "tws", "session": "auto"},
        {"pbx_domain": "paris.example", "device_id": "sip:{n}@{domain}"},
    ],
)
def test_what_the_pbx_is_told_is_stored(changes: dict[str, object]) -> None:
    form = {"host": "pbx.example", "pbx_type": "A5000", **changes}
    assert links.validate("csta_xml", form).items() >= changes.items()


def test_each_field_tells_the_form_what_it_is_for() -> None:
    for field in dataclasses.fields(CstaXml.Settings):
        assert field.metadata["help"], field.name
        assert bool(field.metadata.get("secret")) is (field.name == "password")
