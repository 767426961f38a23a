"""Every command of `tws`, as a process of its own; those that run beside a server, beside one."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest

from tests.house.commands import FIRST, at_a_terminal, initialise, tws
from tests.running import ADMINISTRATOR, DEADLINE, PASSWORD, Problem, TwsServer, running_tws
from tws import __version__
from tws.app.office import open_office
from tws.cli import IN_USE
from tws.config import Settings


async def test_the_version() -> None:
    assert (await tws("--version")).out == f"tws {__version__}\n"


async def test_the_description_of_the_api() -> None:
    ended = await tws("openapi")
    assert (ended.code, ended.error) == (0, "")
    assert json.loads(ended.out)["openapi"] == "3.1.0"


async def test_the_simulated_pbx(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "tws", "simulate", "--csta-port=0", "--page-port=0")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(DEADLINE):
            ports = json.loads(await process.stdout.readline())
            _, writer = await asyncio.open_connection("127.0.0.1", ports["csta"])
            writer.close()
            await writer.wait_closed()
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_server_is_told_of_an_administrator_made_beside_it(tmp_path: Path) -> None:
    async with running_tws(tmp_path) as server:
        visitor, admin = server.client(), server.client()
        assert await visitor.get("/initialisation") == {"needed": True}
        made = await initialise(tmp_path)
        assert made.code == 0, made.error
        assert await visitor.get("/initialisation") == {"needed": False}
        await admin.sign_in_as_administrator()
        assert [c["name"] for c in await admin.get("/admin/companies")] == ["SSDEI"]
        assert [d["name"] for d in await admin.get("/admin/domains")] == ["Paris"]


async def test_who_signs_in_first_finds_an_administrator_made_beside_it(tmp_path: Path) -> None:
    async with running_tws(tmp_path) as server:
        assert (await initialise(tmp_path)).code == 0
        await server.client().sign_in_as_administrator()


async def test_a_form_sent_after_the_command_is_refused_and_the_next_page_knows(
    tmp_path: Path,
) -> None:
    async with running_tws(tmp_path) as server:
        visitor = server.client()
        assert (await initialise(tmp_path)).code == 0
        with pytest.raises(Problem) as refused:
            await form(server)
        assert refused.value.code == "conflict"
        assert await visitor.get("/initialisation") == {"needed": False}
        await visitor.sign_in_as_administrator()


async def test_the_command_after_the_form_is_refused(tmp_path: Path) -> None:
    async with running_tws(tmp_path) as server:
        await form(server)
        refused = await initialise(tmp_path)
        assert (refused.code, refused.out) == (1, "")
        assert refused.error == "tws: This server has an administrator already.\n"
        await server.client().sign_in_as_administrator()


async def test_a_server_started_after_the_command(tmp_path: Path) -> None:
    assert (await initialise(tmp_path)).code == 0
    async with running_tws(tmp_path) as server:
        assert await server.client().get("/initialisation") == {"needed": False}
        await server.client().sign_in_as_administrator()


async def form(server: TwsServer) -> None:
    await server.client().post(
        "/initialisation",
        username=ADMINISTRATOR,
        password=PASSWORD,
        company="SSDEI",
        domain={"name": "Paris", "timeZone": "Europe/Paris"},
    )


@pytest.mark.parametrize(
    ("more", "machine", "zone"),
    [
        ((), "America/Lima", "America/Lima"),
        (("--time-zone=Indian/Reunion",), "America/Lima", "Indian/Reunion"),
    ],
)
async def test_the_time_zone_is_an_option(
    tmp_path: Path, more: tuple[str, ...], machine: str, zone: str
) -> None:
    made = await initialise(tmp_path, *more, TZ=machine)
    assert made.code == 0, made.error
    async with running_tws(tmp_path) as server:
        admin = await server.client().sign_in_as_administrator()
        (domain,) = await admin.get("/admin/domains")
    assert domain["timeZone"] == zone


async def test_the_numbering_is_four_options(tmp_path: Path) -> None:
    usual, other = tmp_path / "usual", tmp_path / "other"
    given = (
        "--internal-length=3",
        "--country-prefix=34",
        "--external-prefix=",
        "--international-prefix=07",
    )
    assert (await initialise(usual)).code == 0
    made = await initialise(other, *given)
    assert made.code == 0, made.error
    assert [await numbering(data) for data in (usual, other)] == [
        (4, "33", "0", "00"),
        (3, "34", "", "07"),
    ]
    refused = await initialise(tmp_path, "--country-prefix=abc")
    assert refused.code == 1 and len(refused.error.splitlines()) == 1


async def numbering(data: Path) -> tuple[int, str, str, str]:
    async with open_office(Settings(data_dir=data, state_dir=data)) as office:
        (domain,) = office.registry.domains.values()
    return (
        domain.internal_length,
        domain.country_prefix,
        domain.external_prefix,
        domain.international_prefix,
    )


@pytest.mark.parametrize(
    ("machine", "typed", "zone"),
    [
        ("Etc/UTC", "Indian/Reunion", "Indian/Reunion"),
        ("UTC", "", "UTC"),
        ("America/Lima", None, "America/Lima"),
    ],
)
async def test_a_machine_in_utc_asks_where_its_people_are(
    tmp_path: Path, machine: str, typed: str | None, zone: str
) -> None:
    answers = {"Password": PASSWORD, "Again": PASSWORD}
    if typed is not None:
        answers = {"Time zone": typed, **answers}
    said = await at_a_terminal(answers, "initialise", *FIRST, f"--data={tmp_path}", TZ=machine)
    assert f"domain Paris ({zone})" in said, said


async def test_what_cannot_be_is_said_in_words(tmp_path: Path) -> None:
    refused = await initialise(tmp_path, "--time-zone=Mars")
    assert refused.code == 1 and "IANA" in refused.error
    assert len(refused.error.splitlines()) == 1


async def test_a_second_server_on_a_database_says_who_holds_it(tmp_path: Path) -> None:
    async with running_tws(tmp_path) as first:
        for command in ("serve", "demo"):
            second = await tws(command, "--port=0", f"--data={tmp_path}")
            assert second.code == IN_USE
            words = second.error.splitlines()[-1]
            assert f"process {first.pid} " in words and str(tmp_path / "tws.db") in words
            assert "Listening" not in second.out
        assert (await first.client().get("/health"))["status"] == "up"
        # What runs beside a server does so still.
        assert (await tws("openapi")).code == 0
        assert (await initialise(tmp_path)).code == 0


async def test_a_killed_server_leaves_the_database_to_the_next(tmp_path: Path) -> None:
    async with running_tws(tmp_path) as server:
        await server.kill()
        await server.restart()
        assert (await server.client().get("/health"))["status"] == "up"


async def test_a_kind_of_pbx_to_which_nothing_is_added() -> None:
    none = await tws("snippets", "--dialect=csta_xml")
    assert (none.code, none.out) == (0, "") and "Nothing has to be added" in none.error


async def test_what_to_add_to_the_pbx_of_a_link(tmp_path: Path) -> None:
    """Beside a server; the secret only for who asks for it."""
    async with running_tws(tmp_path) as server:
        await form(server)
        admin = await server.client().sign_in_as_administrator()
        (domain,) = await admin.get("/admin/domains")
        named = {}
        for name, dialect, own in (
            ("Asterisk", "asterisk", {"password": "sesame", "user": "desk"}),
            ("CSTA", "csta_xml", {"port": 1}),
        ):
            settings = {"host": "127.0.0.1", **own}
            link = await admin.post(
                "/admin/links",
                domain=domain["id"],
                name=name,
                dialect=dialect,
                enabled=False,
                settings=settings,
            )
            named[name] = link["id"]
        data = f"--data={tmp_path}"
        by_name = await tws("snippets", "Asterisk", data)
        assert by_name == await tws("snippets", named["Asterisk"], data)
        assert by_name.code == 0 and "sesame" not in by_name.out
        assert "[desk]\nsecret=...\n" in by_name.out and "permit=127.0.0.1/32\n" in by_name.out
        shown = await admin.get(f"/admin/links/{named['Asterisk']}/snippets")
        assert all(part["text"] in by_name.out for part in shown)
        full = await tws("snippets", "Asterisk", "--show-secret", "--from=192.0.2.7", data)
        assert "secret=sesame\n" in full.out and "permit=192.0.2.7/32\n" in full.out
        none = await tws("snippets", "CSTA", data)
        assert (none.code, none.out) == (0, "") and "Nothing has to be added" in none.error
        missing = await tws("snippets", "Nice", data)
        assert (missing.code, missing.error) == (1, "tws: There is no link Nice.\n")
