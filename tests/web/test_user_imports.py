"""Importing users: from the administration's operations to who may sign in, by a real reader
process."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import granting
from tests.peers import require_peer
from tests.peers.slapd import PASSWORD as DIRECTORY_PASSWORD
from tests.peers.slapd import PEOPLE, READER, running_slapd
from tests.web.house import PASSWORD, House
from tests.web.importing import HEADER, Import, counts
from tests.web.page import Page
from tests.web.problems import problem
from tests.web.provider import Provider
from tws.storage.audit import audit

ANA = "1;ana;Durand;Ana;ana@x.org;06 12 34 56 78;4021"
BEN = "2;ben;Petit;Ben;;;4022"
CAT = "3;cat;Roux;Cat;;;4023"
DAN = "4;dan;Blanc;Dan;;;4024"
EVE = "5;eve;Noir;Eve;;;4025"


@pytest.fixture
async def house(reading: House) -> House:
    return reading


@pytest.fixture
async def source(house: House, database: Path) -> Import:
    return Import(house, await house.administrator("SSDEI"), database.parent)


@pytest.fixture
async def page(house: House, source: Import) -> AsyncIterator[Page]:
    async with house.page(source.admin) as page:
        yield page


async def test_a_trial_tells_and_changes_nothing(source: Import) -> None:
    await source.made()
    source.write(ANA, "2;ben;Petit;Ben;;;")
    before = await source.users()
    trial = await source.tried()
    assert trial["problem"] is None and trial["asks"] is False
    assert counts(trial["report"]) == {"created": 1, "ignored": 1}
    assert [(line["username"], line["why"]) for line in trial["report"]["lines"]] == [
        ("ben", "noNumber"),
        ("ana", None),
    ]
    assert await source.users() == before
    assert await source.runs() == []


async def test_people_become_users_with_an_extension(
    house: House, source: Import, page: Page
) -> None:
    group = await source.admin.post(
        "admin/groups", json={"domain": house.domains["Paris"].id, "name": "Everybody"}
    )
    await source.made(group=group.json()["id"], culture="fr")
    source.write(ANA, BEN)
    run = await source.run(page)
    assert run["by"] == "admin-SSDEI" and run["done"] == 2
    assert counts(run["report"]) == {"created": 2}
    ana = (await source.users())["ana"]
    assert (ana["firstName"], ana["lastName"], ana["email"], ana["mobile"]) == (
        *("Ana", "Durand"),
        *("ana@x.org", "06 12 34 56 78"),
    )
    assert (ana["externalKey"], ana["culture"], ana["userImport"]) == ("1", "fr", source.id)
    assert await source.numbers() == {"ana": "4021", "ben": "4022"}
    found = (await source.admin.get(f"admin/groups/{group.json()['id']}")).json()
    assert len(found["members"]) == 2
    again = await source.run(page)
    assert counts(again["report"]) == {"unchanged": 2}


async def test_the_cards_of_its_directory_are_shown_to_whom_it_is_granted(
    house: House, source: Import, page: Page
) -> None:
    row = await source.made(link=None, mode="update")
    grant = granting.sent(granting.directory(row["directory"], domain=house.domains["Paris"].id))
    assert (await source.admin.post("admin/grants", json=grant)).status_code == 201
    source.write(ANA)
    run = await source.run(page)
    assert counts(run["report"]) == {"ignored": 1}  # no user is created
    await page.until(
        lambda page: page.state.get(f"run/{row['directory']}", {}).get("state") == "done"
    )
    alice = await house.program("alice")
    (card,) = (await alice.get("contacts", params={"q": "ana durand"})).json()
    assert card["directory"] == row["directory"]
    assert "4021" in [number["number"] for number in card["numbers"]]


async def test_each_mode(source: Import, page: Page) -> None:
    source.write(ANA, BEN, CAT, DAN, EVE)
    await source.made()
    await source.run(page)

    async def change(mode: str) -> None:
        row = (await source.admin.get(f"admin/user-imports/{source.id}")).json()
        body = {"version": row["version"], "mode": mode}
        answer = await source.admin.patch(f"admin/user-imports/{source.id}", json=body)
        assert answer.status_code == 200, answer.text

    new = "6;fay;Vert;Fay;;;4026"
    source.write(ANA, BEN, CAT, DAN.replace("Blanc", "Bleu"), new)
    await change("update")
    assert counts((await source.run(page))["report"]) == {
        "updated": 1,
        "unchanged": 3,
        "ignored": 1,
    }
    await change("insertUpdate")
    assert counts((await source.run(page))["report"]) == {"created": 1, "unchanged": 4}
    await change("insertUpdateDisable")
    assert counts((await source.run(page))["report"]) == {"disabled": 1, "unchanged": 5}
    assert (await source.users())["eve"]["enabled"] is False
    assert counts((await source.run(page))["report"]) == {"unchanged": 5}
    await change("insertUpdateDelete")
    assert counts((await source.run(page))["report"]) == {"deleted": 1, "unchanged": 5}
    assert "eve" not in await source.users()
    assert "eve" not in await source.numbers()


async def test_whom_a_provider_brought_is_left_alone(
    house: House, source: Import, page: Page
) -> None:
    """And is taken over once that connection is gone."""
    provider = await Provider.connected(house)
    ana = await provider.create("ana")
    await source.made()
    source.write(ANA)
    run = await source.run(page)
    assert run["report"]["reasons"] == {"usernameTaken": 1}
    assert "Entra ID" in str(run["report"]["lines"])
    place, version = f"admin/scim-connections/{provider.row['id']}", provider.row["version"]
    gone = await source.admin.delete(place, params={"version": version})
    assert gone.status_code == 204, gone.text
    assert counts((await source.run(page))["report"]) == {"updated": 1}
    assert (await source.users())["ana"]["id"] == ana["id"]


async def test_before_a_quarter_goes_somebody_is_asked(source: Import, page: Page) -> None:
    source.write(ANA, BEN, CAT, DAN)
    await source.made()
    await source.run(page)
    source.write(ANA, BEN)
    assert (await source.tried())["asks"] is True
    run = await source.run(page, "asking")
    assert (run["report"]["known"], run["report"]["deleted"]) == (4, 2)
    assert {"cat", "dan"} <= (await source.users()).keys()
    problem(await source.ask("run"), 409, "conflict")
    assert (await source.ask("cancel")).json()["state"] == "cancelled"
    problem(await source.ask("approve"), 409, "conflict")
    await source.run(page, "asking")
    source.write(ANA)  # one more than was said yes to
    assert (await source.run(page, "asking", "approve"))["report"]["deleted"] == 3
    await source.run(page, "done", "approve")
    assert {"ben", "cat", "dan"}.isdisjoint(await source.users())


async def test_a_source_that_fails_half_way_changes_nothing(source: Import, page: Page) -> None:
    await source.made()
    source.file.write_text(HEADER + f"{ANA}\n" * 900 + '2;"ben;never closed\n')
    before = await source.users()
    run = await source.run(page, "failed")
    assert run["problem"] == "misconfigured" and "not closed" in run["words"]
    assert await source.users() == before
    trial = await source.tried()
    assert trial["problem"] == "misconfigured" and trial["report"] is None


async def test_a_column_that_is_not_there_is_a_failure(source: Import, page: Page) -> None:
    await source.made()
    source.file.write_text("id;login;sn;gn;mail;tel\n1;ana;Durand;Ana;;4021\n")
    run = await source.run(page, "failed")
    assert run["words"].startswith("the source has no column gsm")


async def test_odd_content(source: Import, page: Page) -> None:
    """Windows-1252, duplicates, blanks in names, a field of 100,000 characters."""
    await source.made(adapt=True)
    lines = (
        "1;hélène;Crépin;Hélène;;;40 21",
        "1;again;Same;Identifier;;;4030",
        "2;Hélène;Same;Name;;;4031",
        "3;jean luc;Blank;Inside;;;4032",
        f"4;long;{'x' * 100_000};Long;;;4033",
        "5;number;Same;Number;;;4021",
        "6;alice;Martin;Alice;;;4099",
        "7;taken;Number;Taken;;;4003",
        "8;far;Outside;Far;;;01 55 17 18 89",
        ";nobody;No;Identifier;;;4034",
        "9;mail;Wrong;Mail;not an address;;4035",
        '10;"=1+1";<b>Bold</b>;"semi;colon";;;4036',
    )
    source.file.write_bytes((HEADER + "\n".join(lines) + "\n").encode("cp1252"))
    run = await source.run(page)
    report = run["report"]
    assert counts(report) == {"created": 2, "updated": 1, "ignored": 9}
    assert report["reasons"] == {
        "identifierTwice": 1,
        "usernameTwice": 1,
        "invalid": 3,
        "numberTwice": 1,
        "numberTaken": 1,
        "outsideNumber": 1,
        "noIdentifier": 1,
    }
    said = {line["username"]: line["words"] for line in report["lines"]}
    assert said["long"] == "last name: longer than 100 characters"
    assert said["jean luc"] == "user name: a user name has no blanks"
    assert said["taken"] == "4003"
    users = await source.users()
    assert users["hélène"]["lastName"] == "Crépin"
    assert users["=1+1"]["firstName"] == "semi;colon"
    (adopted,) = [line for line in report["lines"] if line["why"] == "adopted"]
    assert adopted["username"] == "alice" and users["alice"]["userImport"] == source.id


async def test_the_audit_log_names_the_import_and_who_asked(
    house: House, source: Import, page: Page
) -> None:
    await source.made()
    source.write(ANA)
    await source.run(page)
    async with house.storage.reading() as reader:
        query = select(audit.c.actor, audit.c.action, audit.c.company).order_by(audit.c.number)
        rows = [tuple(row) for row in await reader.execute(query)][-2:]
    company = house.companies["SSDEI"].id
    who = "import of users, administrator admin-SSDEI"
    assert rows == [(who, "user created", company), (who, "device created", company)]


async def test_what_cannot_be_stored(source: Import) -> None:
    row = await source.made()

    async def refused(field: str, **change: Any) -> None:
        body = {"version": row["version"], **change}
        answer = await source.admin.patch(f"admin/user-imports/{row['id']}", json=body)
        assert problem(answer, 422, "invalid")["field"] == field

    await refused("fields.identifier", fields={"username": "login", "number": "tel"})
    await refused("fields.number", fields={"username": "login", "identifier": "id"})
    await refused("fields.username", fields={**row["fields"], "username": "login|x"})
    await refused("fields.photo", fields={**row["fields"], "photo": "x"})
    await refused("hour", hour="25:00")
    await refused("connector", connector="google")
    await refused("mapping.work", mapping={"work": "tel|x"})


async def test_it_owns_its_directory(source: Import) -> None:
    row = await source.made()
    at = f"admin/directories/{row['directory']}"
    directory = (await source.admin.get(at)).json()
    assert directory["mapping"]["identifier"] == "id" and directory["mapping"]["work"] == "tel"
    version = directory["version"]
    refusal = await source.admin.delete(at, params={"version": version})
    assert "1 user import" in problem(refusal, 409, "conflict")["detail"]
    # What is changed there is what the import reads, and the other way round.
    answer = await source.admin.patch(at, json={"version": version, "name": "People"})
    assert answer.status_code == 200
    at_import = f"admin/user-imports/{row['id']}"
    assert (await source.admin.get(at_import)).json()["name"] == "People"
    stale = {"version": row["version"], "directoryVersion": version, "name": "Other"}
    problem(await source.admin.patch(at_import, json=stale), 409, "conflict")
    fields = {**row["fields"], "identifier": "login"}
    answer = await source.admin.patch(at_import, json={"version": 1, "fields": fields})
    assert answer.json()["mapping"]["identifier"] == "login"
    gone = await source.admin.delete(at_import, params={"version": answer.json()["version"]})
    assert gone.status_code == 204
    problem(await source.admin.get(at), 404, "notFound")


async def test_a_group_or_link_that_an_import_names_stays(source: Import) -> None:
    domain = source.house.domains["Nice"].id
    group = (await source.admin.post("admin/groups", json={"domain": domain, "name": "G"})).json()
    await source.made(group=group["id"])
    refusal = await source.admin.delete(f"admin/groups/{group['id']}", params={"version": 1})
    assert "1 user import" in problem(refusal, 409, "conflict")["detail"]


async def test_from_a_real_directory_server(source: Import, page: Page) -> None:
    require_peer("slapd")

    def entry(uid: str, number: str) -> tuple[str, dict[str, str]]:
        names = {"sn": uid.title(), "givenName": "X", "cn": uid, "telephoneNumber": number}
        return f"uid={uid},{PEOPLE}", {"objectClass": "inetOrgPerson", "uid": uid, **names}

    people = [entry("zoe", "4061"), entry("yan", "4062"), entry("no body", "4063")]
    with running_slapd(people, tls=False) as server:
        await source.made(
            connector="ldap",
            settings={
                "host": server.host,
                "port": server.port,
                "tls": "none",
                "base": PEOPLE,
                "user": READER,
                "password": DIRECTORY_PASSWORD,
            },
            mapping={"last_name": "sn", "first_name": "givenname", "email1": "mail"},
            fields={"username": "uid", "identifier": "entryuuid", "number": "telephonenumber"},
        )
        report = (await source.run(page))["report"]
        assert counts(report) == {"created": 2, "ignored": 1}
        assert await source.numbers() == {"zoe": "4061", "yan": "4062"}
        assert counts((await source.run(page))["report"]) == {"unchanged": 2, "ignored": 1}
    run = await source.run(page, "failed")
    assert run["problem"] == "unreachable"
    assert "zoe" in await source.users()
    assert source.row["settings"]["password"] is None and source.row["isSet"]["password"]


async def tws_import(source: Import, *options: str) -> tuple[int, str, str]:
    """What the command line says: code, answer, progress."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tws.remote", "Employees", "--users"),
        *("--server", source.house.url, "--username", "admin-SSDEI", *options),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )
    out, err = await process.communicate(f"{PASSWORD}\n".encode())
    return process.returncode or 0, out.decode(), err.decode()


async def test_the_command_line_imports_too(source: Import) -> None:
    await source.made()
    source.write(ANA, BEN, "3;cat;Roux;Cat;;;")
    code, out, err = await tws_import(source, "--dry-run")
    assert code == 0, err
    assert out.splitlines() == [
        "would do: 3 read, 2 created, 0 updated, 0 deleted, 0 disabled, 0 unchanged, 1 ignored",
        "ignored: cat: noNumber",
    ]
    assert "ana" not in await source.users()
    assert (await tws_import(source))[0] == 0
    source.write(ANA)
    code, out, _ = await tws_import(source)
    assert code == 1 and out.startswith("cancelled:")
    code, out, _ = await tws_import(source, "--yes")
    assert code == 0 and "1 deleted" in out


async def test_reports_forget_who_is_erased(source: Import, page: Page) -> None:
    await source.made()
    source.write(ANA, BEN)
    await source.run(page)
    ana = (await source.users())["ana"]
    answer = await source.admin.post(f"admin/users/{ana['id']}/erasure", json={"name": "ana"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"]["user_import_run"] == 1
    (run,) = await source.runs()
    assert [line["username"] for line in run["report"]["lines"]] == ["ben"]
