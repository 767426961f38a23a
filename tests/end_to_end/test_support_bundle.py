"""What is in a support bundle, and what never is: secrets and people are planted everywhere, and
looked for in every file of it."""

import asyncio
import gzip
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.end_to_end.simulated_pbx import simulated_pbx
from tests.end_to_end.site import Site, running_site
from tests.house.commands import tws
from tests.running import ADMINISTRATOR, DEADLINE, PASSWORD, Problem

pytestmark = pytest.mark.asyncio(loop_scope="module")
CALLER = "0155171889"
SECRETS = {
    "TWS_METRICS_TOKEN": "planted token of prometheus",
    "TWS_BACKUP_PASSPHRASE": "planted passphrase of backups",
    "link": "planted password of the link",
    "directory": "planted password of the directory",
    "sms": "planted password of the gateway",
    "voicemail": "planted code of the voice mail",
    "password": PASSWORD,
}
PEOPLE = ("Vasseur", "Kerguelen", "kerguelen@ssdei.example", "0612345678", "Brest-Nord", CALLER)
"Of a contact, of a user, of whoever calls."
TYPED = "typed-by-somebody"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    told = {name: value for name, value in SECRETS.items() if name.startswith("TWS_")}
    data = tmp_path_factory.mktemp("supported")
    async with simulated_pbx() as pbx, running_site(pbx, data, 2, **told) as site:
        await plant(site)
        yield site


async def plant(site: Site) -> None:
    admin, domain = site.admin, site.domain
    link = {"host": "pbx.example", "password": SECRETS["link"]}
    more = {"domain": domain, "capacity": 10, "enabled": False, "dialect": "asterisk"}
    await admin.post("/admin/links", name="Other", settings={**link, "user": "tws"}, **more)
    ldap = {"host": "ldap.example", "user": "cn=tws", "password": SECRETS["directory"]}
    settings = {**ldap, "base": "dc=ssdei"}
    await admin.post(
        "/admin/directories", domain=domain, name="LDAP", connector="ldap", settings=settings
    )
    gateway = {"url": "http://127.0.0.1:1/", "body": "{to} {text}", "key": SECRETS["sms"]}
    await admin.post(
        "/admin/sms-providers", domain=domain, name="SMS", connector="http", settings=gateway
    )
    await admin.post(
        "/admin/users",
        domain=domain,
        username="kerguelen",
        firstName="Yann",
        lastName="Kerguelen",
        email="kerguelen@ssdei.example",
        mobile="0612345678",
        custom0="Brest-Nord",
        voicemailPassword=SECRETS["voicemail"],
    )
    with pytest.raises(Problem):
        await site.tws.client().sign_in(TYPED, "wrong password typed")
    seat = site.seats[0]
    number = {"kind": "work", "number": CALLER}
    await seat.api.post("/contacts", lastName="Vasseur", numbers=[number], private=True)
    began = {"device": "*", "minutes": 5}
    trace = await admin.post("/admin/traces", link=site.link, **began)
    await site.pbx.call_from_outside(CALLER, seat.number)
    await seat.call(state="alerting")
    await site.pbx.hang_up_outside()
    await seat.live.no_call()
    await admin.post(f"/admin/traces/{trace['id']}/end")


class Archive:
    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.files = {name: _read(archive, name) for name in archive.namelist()}
        self.manifest: dict[str, Any] = json.loads(self.files["manifest.json"])
        self.missing = {one["name"]: one["why"] for one in self.manifest["missing"]}

    def json(self, name: str) -> Any:
        return json.loads(self.files[name])

    def holding(self, text: str) -> list[str]:
        """Files that say this, or the same without its first sign."""
        found = re.compile(re.escape(text), re.IGNORECASE)
        return [name for name, of in self.files.items() if found.search(of.decode("latin-1"))]


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    content = archive.read(name)
    return gzip.decompress(content) if name.endswith(".gz") else content


async def bundle(site: Site, **asked: Any) -> Archive:
    answer = await site.admin.http.get("/admin/support-bundle", params=asked)
    assert answer.status_code == 200, answer.text
    assert re.search(r'"tws-support-\d{8}T\d{6}Z\.zip"', answer.headers["content-disposition"])
    return Archive(answer.content)


async def test_nobody_and_no_secret_is_in_it(site: Site) -> None:
    made = await bundle(site, traces=True)
    for planted in (*SECRETS.values(), *PEOPLE, TYPED, "wrong password typed", *_numbers(site)):
        assert made.holding(planted) == [], planted
    assert not made.missing and made.manifest["personal"] is False
    listed = {one["name"] for one in made.manifest["files"]}
    assert listed | {"manifest.json"} == made.files.keys()
    log = [json.loads(line) for line in made.files["log.jsonl"].splitlines()]
    steps = [line for line in log if line["event"] == "call step"]
    assert any("••" in line["connections"] for line in steps), "numbers keep their shape"
    assert any(line["event"] == "not signed in" for line in log)
    (trace,) = (name for name in made.files if name.startswith("traces/"))
    kinds = {json.loads(line).get("what") for line in made.files[trace].splitlines()}
    assert {"received", "call"} <= kinds


def _numbers(site: Site) -> list[str]:
    """Of telephones: words of their own."""
    return [f" {seat.number} " for seat in site.seats] + [f'"{s.number}"' for s in site.seats]


async def test_it_says_what_helps(site: Site) -> None:
    made = await bundle(site)
    assert made.json("versions.json")["packages"]["fastapi"]
    settings = made.json("settings.json")
    assert settings["metrics_token"] == "(set)" and settings["log_level"] == "info"
    assert b"tws_link_up{" in made.files["metrics.txt"]
    links = {one["name"]: one for one in made.json("links.json")}
    assert links["Other"]["settings"]["password"] == "(set)"
    assert links[site.pbx.name]["status"]["state"] == "up"
    database = made.json("database.json")
    assert database["rows"]["user_account"] == 3 and database["schema"] and database["bytes"] > 0
    assert {one["check"] for one in made.json("doctor.json")} > {"database", "links", "users"}
    assert {"part": "links", "state": "running", "why": None} in made.json("services.json")
    assert b"thread MainThread" in made.files["threads.txt"]
    assert b"collecting.py" in made.files["threads.txt"]
    assert "traces/" in made.missing
    audit = (await site.admin.get("/admin/audit"))["entries"]
    assert audit[0]["action"] == "support bundle made"
    assert audit[0]["after"] == {"personal": False, "traces": False}


async def test_people_are_in_it_where_that_is_asked_for(site: Site) -> None:
    made = await bundle(site, personal=True, traces=True)
    assert made.manifest["personal"] is True
    assert any(name.startswith("traces/") for name in made.holding(CALLER))
    assert made.holding(TYPED) == ["log.jsonl"]
    for secret in SECRETS.values():
        assert made.holding(secret) == [], secret


async def test_it_is_for_super_users(site: Site) -> None:
    with pytest.raises(Problem) as refused:
        await site.seats[0].api.get("/admin/support-bundle")
    assert refused.value.code == "notAllowed"
    account = {"username": "of-company", "superUser": False, "companies": [site.company]}
    row = await site.admin.post("/admin/administrators", **account)
    await site.admin.request(
        "PUT", f"/admin/administrators/{row['id']}/password", {"password": PASSWORD}
    )
    other = site.tws.client()
    await other.post("/administrator/login", username="of-company", password=PASSWORD)
    with pytest.raises(Problem) as refused:
        await other.get("/admin/support-bundle")
    assert refused.value.content["why"] == "superUsersOnly"


async def test_the_command_asks_the_server(site: Site, tmp_path: Path) -> None:
    ask = ("support-bundle", f"--server={site.tws.base}", f"--username={ADMINISTRATOR}")
    ended = await tws(*ask, f"--to={tmp_path}", typed=f"{PASSWORD}\n")
    assert ended.code == 0, ended.error
    (file,) = await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
    assert file.stat().st_mode & 0o777 == 0o600
    made = Archive(file.read_bytes())
    assert "log.jsonl" in made.files and made.missing.keys() == {"traces/"}


async def test_it_is_made_while_the_database_is_away(site: Site) -> None:
    database = site.tws.data / "tws.db"
    aside = database.rename(database.with_suffix(".aside"))
    try:
        async with asyncio.timeout(DEADLINE):
            # A look at the file is good for half a second.
            while (await site.admin.http.get("/health")).status_code != 503:
                pass
        made = await bundle(site)
    finally:
        aside.rename(database)
    assert made.missing.keys() == {"database.json", "audit line", "traces/"}
    assert made.holding("Kerguelen") == [] and made.json("links.json")
    assert any(one["outcome"] == "failed" for one in made.json("doctor.json"))


async def test_it_is_made_while_no_server_runs(site: Site, tmp_path: Path) -> None:
    """The last one: it stops the server, and harms its database."""
    await site.tws.stop()
    asked = ("support-bundle", "--alone", f"--data={site.tws.data}")
    ended = await tws(*asked, f"--to={tmp_path / 'one.zip'}")
    assert ended.code == 0 and "log.jsonl" in ended.error, ended.error
    made = Archive((tmp_path / "one.zip").read_bytes())
    assert made.json("database.json")["rows"]["user_account"] == 3
    for planted in (*SECRETS.values(), *PEOPLE):
        assert made.holding(planted) == [], planted
    again = await tws(*asked, f"--to={tmp_path / 'one.zip'}")
    assert again.code == 1 and "exists" in again.error, "nothing is overwritten"
    (site.tws.data / "tws.db").write_bytes(b"no database" * 1000)
    ended = await tws(*asked, f"--to={tmp_path / 'two.zip'}")
    assert ended.code == 0, ended.error
    made = Archive((tmp_path / "two.zip").read_bytes())
    assert "doctor.json" in made.missing and made.json("settings.json")
