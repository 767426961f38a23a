"""What the helper of a desk decides without asking anybody."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.quiet_hours import CASES, moment
from tws.desktop.programs import NOT_ALLOWED, NOT_FOUND, Allowed, start
from tws.desktop.quiet import is_quiet
from tws.desktop.selection import number_in
from tws.desktop.settings import Failed, Settings, folder, read, write
from tws.desktop.words import Words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01 55 17 18 89", "01 55 17 18 89"),
        ("Tel.: +33 (0)1 55.17.18.89, desk 7", "+33 (0)1 55.17.18.89"),
        ("(020) 7946-0018", "(020) 7946-0018"),
        ("Martin\tParis\t4002\n", "4002"),
        ("*21*4002#", "*21*4002#"),
        ("on 3 May: 0601020304", "0601020304"),
        ("nobody", None),
        ("", None),
        ("1" * 65, None),
    ],
)
def test_the_number_in_a_selection(text: str, number: str | None) -> None:
    assert number_in(text) == number


NIGHT = {"days": [1, 2, 3, 4, 5], "start": "18:00", "end": "08:00"}
"From Monday evening to Saturday morning."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["at"])
def test_quiet_hours_are_those_of_the_server(case: dict[str, Any]) -> None:
    duties = {"quietHours": case["hours"], "timeZone": case["zone"]}
    assert is_quiet(duties, moment(case)) is case["quiet"]


@pytest.mark.parametrize(
    ("duties", "at", "quiet"),
    [
        ({"quiet": True}, "2026-11-30T12:00", True),
        ({"quiet": False}, "2026-11-30T12:00", False),
        ({"quietHours": NIGHT}, "2026-11-30T16:59", False),
        ({"quietHours": NIGHT}, "2026-11-30T17:00", True),
        ({"quietHours": NIGHT}, "2026-12-05T06:59", True),
        ({"quietHours": NIGHT}, "2026-12-05T07:00", False),
        ({"quietHours": NIGHT}, "2026-12-05T20:00", False),
        ({"quietHours": {**NIGHT, "start": "12:00", "end": "14:00"}}, "2026-11-30T12:59", True),
        ({"quietHours": {**NIGHT, "start": "00:00", "end": "00:00"}}, "2026-11-30T22:00", True),
    ],
)
def test_when_it_is_quiet(duties: dict[str, Any], at: str, quiet: bool) -> None:
    """By the clock of the domain, which is an hour before UTC."""
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert is_quiet({"timeZone": "Europe/Paris", **duties}, now) is quiet


def test_only_what_both_lists_have_is_started(tmp_path: Path) -> None:
    allowed = Allowed(tmp_path)
    program = str(tmp_path / "gone")
    assert allowed.undecided([program, "C:\\a.exe"]) == [program, "C:\\a.exe"]
    allowed.decide(program, True)
    allowed.decide("C:\\a.exe", False)
    assert allowed.undecided([program, "c:/A.EXE"]) == []
    assert start([program], [], allowed) == NOT_ALLOWED
    assert start([program], [program], allowed) == NOT_FOUND
    assert start(["C:\\a.exe"], ["C:\\a.exe"], allowed) == NOT_ALLOWED
    for batch in ("C:\\a.bat", "C:\\a.CMD ."):
        allowed.decide(batch, True)
        assert start([batch], [batch], allowed) == NOT_ALLOWED
    for bare in ("gone", "./gone", ""):
        allowed.decide(bare, True)
        assert start([bare], [bare], allowed) == NOT_ALLOWED
    (tmp_path / "programs.json").write_text("{")
    with pytest.raises(Failed, match="cannot be read"):
        start([program], [program], allowed)


def test_the_key_is_kept_for_its_user_alone(tmp_path: Path) -> None:
    place = tmp_path / "inside"
    made = Settings(server="https://tws.company.example", key="tws_1_2")
    write(place, made)
    assert read(place) == made
    assert stat.S_IMODE((place / "settings.json").stat().st_mode) == 0o600
    assert json.loads((place / "settings.json").read_text())["device"] is None
    with pytest.raises(Failed, match="not connected yet"):
        read(tmp_path)


@pytest.mark.parametrize(
    "server", ["http://tws.company.example", "tws.company.example", "ftp://x"]
)
def test_nobody_on_the_way_can_say_what_is_started(server: str) -> None:
    with pytest.raises(Failed):
        Settings(server=server, key="x")


def test_where_files_are() -> None:
    assert folder({"XDG_CONFIG_HOME": "/x"}, "linux") == Path("/x/tws-helper")
    assert folder({"APPDATA": "/y"}, "win32") == Path("/y/tws-helper")
    assert folder({}, "darwin").parts[-3:] == ("Library", "Application Support", "tws-helper")


def test_it_speaks_french() -> None:
    assert Words("fr")("noNumber") == "Aucun numéro n’est sélectionné."
    assert Words("en").refusal("parameterForbids", "x").startswith("The administrator")
    assert Words("en").refusal("somethingElse", "As the server says.") == "As the server says."
