"""`tws doctor`: beside a server that runs, and on the data alone."""

from pathlib import Path

from tests.house.commands import initialise, tws
from tests.running import ADMINISTRATOR, PASSWORD, running_tws


async def test_the_data_alone_are_looked_at_where_nothing_runs(tmp_path: Path) -> None:
    assert (await initialise(tmp_path)).code == 0
    told = await tws("doctor", "--server=http://127.0.0.1:9", f"--data={tmp_path}")
    lines = {line.split()[1]: line.split()[0] for line in told.out.splitlines()}
    assert told.code == 0, told.error
    assert (lines["database"], lines["users"], lines["links"]) == ("ok", "ok", "notApplicable")
    await lost_key(tmp_path)
    told = await tws("doctor", "--alone", f"--data={tmp_path}")
    assert told.code == 1
    first = told.out.splitlines()[0]
    assert first.startswith("failed        secrets      simulator: password cannot be read")


async def lost_key(data: Path) -> None:
    """A link with a password, whose key is gone from the folder."""
    async with running_tws(data) as server:
        admin = await server.client().sign_in_as_administrator()
        (domain,) = await admin.get("/admin/domains")
        settings = {"host": "127.0.0.1", "port": 9, "user": "tws", "password": "secret"}
        await admin.post(
            "/admin/links",
            domain=domain["id"],
            name="simulator",
            dialect="csta_xml",
            settings=settings,
            enabled=False,
        )
    (data / "secret.key").unlink()


async def test_a_server_that_runs_is_asked(tmp_path: Path) -> None:
    assert (await initialise(tmp_path)).code == 0
    async with running_tws(tmp_path) as server:
        ask = ("doctor", f"--server={server.base}", f"--username={ADMINISTRATOR}")
        well = await tws(*ask, typed=f"{PASSWORD}\n")
        assert well.code == 0, well.out + well.error
        assert "ok            links        Every link is up." in well.out
        admin = await server.client().sign_in_as_administrator()
        await admin.post("/admin/services/calendars/stop")
        ill = await tws(*ask, typed=f"{PASSWORD}\n")
        assert ill.code == 1
        first = ill.out.splitlines()[0]
        assert first == "failed        services     The service calendars does not run. Start it."
        wrong = await tws(*ask, typed="wrong\n")
        assert wrong.code == 1 and wrong.error.splitlines()[-1].startswith("tws: ")
