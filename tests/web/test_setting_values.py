"""The form of a settings dataclass as pages are given it, and one that cannot be used."""

import json
from dataclasses import dataclass, field, replace

from tests.web.house import DIALECT, House
from tws.forms import About
from tws.organisation.actor import SYSTEM
from tws.register import NotInstalled
from tws.web.answers import encode
from tws.web.api.admin.links import list_dialects, row
from tws.web.shown.setting_values import form_of, secrets_set


@dataclass(frozen=True)
class Mail:
    host: str
    port: int = field(default=25, metadata=About(minimum=1, maximum=65535, expert=True))
    page: str | None = field(default=None, metadata=About(kind="url", help="Its page."))


def test_a_page_is_told_the_fields_of_a_form() -> None:
    host, port, page = json.loads(encode(form_of(Mail)))
    assert host == {
        "name": "host",
        "type": "text",
        "default": None,
        "help": "",
        "secret": False,
        "choices": None,
        "required": True,
    }
    assert (port["default"], port["minimum"], port["maximum"]) == (25, 1, 65535)
    assert port["expert"] and "expert" not in page
    assert (page["type"], page["help"]) == ("url", "Its page.")


def test_of_a_secret_only_its_being_there_is_told() -> None:
    values = {"password": "hidden", "pin": "", "host": "a"}
    secret = frozenset({"password", "pin", "key"})
    assert secrets_set(values, secret) == {"key": False, "password": True, "pin": False}


async def test_a_dialect_that_cannot_be_used_is_listed_with_why(house: House) -> None:
    away = NotInstalled("Not installed: install tws[paper] to use paper.")
    rooms = replace(house.rooms, dialects=lambda: {DIALECT: away})
    (listed,) = json.loads(bytes((await list_dialects(rooms, SYSTEM)).body))
    assert listed == {
        "name": DIALECT,
        "title": DIALECT,
        "fields": [],
        "addsToPbx": False,
        "unavailable": str(away),
    }
    shown = row(rooms, house.links["Paris"])
    assert (shown.settings, shown.is_set) == ({}, {})
