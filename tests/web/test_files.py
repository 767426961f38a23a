"""The files of a company: sent, listed, used by directories and deleted."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem
from tws.directory import company_files
from tws.directory.company_files import NAME, names
from tws.organisation.actor import SYSTEM, CompanyId, DirectoryId, DomainId
from tws.organisation.model import Directory, DirectoryKind

KIND = {"Content-Type": "application/octet-stream"}
CSV = b"Id;lastname\n1;Lemaire\n"


@pytest.fixture
async def house(reading: House) -> House:
    return reading


class Cabinet:
    """The files of a company, and who manages them."""

    def __init__(self, admin: httpx.AsyncClient, house: House, folder: Path) -> None:
        self.admin, self.company = admin, house.companies["SSDEI"].id
        self.folder = folder / "files" / self.company

    async def put(self, name: str, content: Any = CSV, **headers: str) -> httpx.Response:
        where = {"company": self.company, "name": name}
        return await self.admin.put(
            "admin/files", params=where, content=content, headers={**KIND, **headers}
        )

    async def listed(self) -> list[dict[str, Any]]:
        answer = await self.admin.get("admin/files", params={"company": self.company})
        found: list[dict[str, Any]] = answer.json()
        return found

    async def delete(self, name: str) -> httpx.Response:
        where = {"company": self.company, "name": name}
        return await self.admin.delete("admin/files", params=where)


@pytest.fixture
async def cabinet(house: House, database: Path) -> Cabinet:
    return Cabinet(await house.administrator("SSDEI"), house, database.parent)


async def test_a_file_is_sent_used_and_deleted(house: House, cabinet: Cabinet) -> None:
    answer = await cabinet.put("clients été.csv")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["name"], answer.json()["size"]) == ("clients été.csv", len(CSV))
    assert (cabinet.folder / "clients été.csv").read_bytes() == CSV
    body = {
        "domain": house.domains["Paris"].id,
        "name": "Customers",
        "connector": "csv",
        "settings": {"file": "clients été.csv"},
    }
    row = (await cabinet.admin.post("admin/directories", json=body)).json()
    (listed,) = await cabinet.listed()
    assert listed["directories"] == [{"id": row["id"], "name": "Customers"}]
    refused = await cabinet.delete("clients été.csv")
    problem(refused, 409, "conflict")
    assert "Customers" in refused.json()["detail"]
    await cabinet.admin.delete(f"admin/directories/{row['id']}?version={row['version']}")
    assert (await cabinet.delete("clients été.csv")).status_code == 204
    assert await cabinet.listed() == []
    problem(await cabinet.delete("clients été.csv"), 404, "notFound")


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/b.csv", "..", ".hidden", "", " a.csv", "a\n.csv", "x" * 200, "C:\\a"]
)
async def test_a_name_is_no_path(cabinet: Cabinet, name: str) -> None:
    problem(await cabinet.put(name), 422, "invalid")
    assert not cabinet.folder.exists()


async def test_what_is_not_whole_is_not_kept(house: House, cabinet: Cabinet) -> None:
    async def cut() -> AsyncIterator[bytes]:
        yield bytes(10)
        assert len(list(cabinet.folder.iterdir())) == 1
        raise LookupError

    company = house.companies["SSDEI"].id
    with pytest.raises(LookupError):
        await house.rooms.company_files.put(SYSTEM, company, "a.csv", cut())
    assert list(cabinet.folder.iterdir()) == []


async def test_a_file_that_is_cut_or_too_large_leaves_what_was_there(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cabinet.put("a.csv")
    monkeypatch.setattr(company_files, "LARGEST", 1000)
    problem(await cabinet.put("a.csv", bytes(1001)), 422, "invalid")

    async def cut() -> AsyncIterator[bytes]:
        yield bytes(10)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await cabinet.put("a.csv", cut())
    assert [file["name"] for file in await cabinet.listed()] == ["a.csv"]
    assert (cabinet.folder / "a.csv").read_bytes() == CSV


async def test_larger_than_any_other_body_and_no_json(cabinet: Cabinet) -> None:
    big = bytes(3 * 1024 * 1024)
    assert (await cabinet.put("big.csv", big)).json()["size"] == len(big)
    json = {"Content-Type": "application/json"}
    problem(await cabinet.put("a.csv", b"{}", **json), 415, "unsupportedMediaType")
    # Its length alone is enough to refuse it.
    host, _, port = str(cabinet.admin.base_url.netloc, "ascii").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"PUT /api/v1/admin/files?name=a HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
    writer.write(f"{head}Content-Length: {company_files.LARGEST + 1}\r\n\r\n".encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()


async def test_a_company_s_files_are_its_own(house: House, cabinet: Cabinet) -> None:
    await cabinet.put("a.csv")
    other, alice = await house.administrator("Other"), await house.program("alice")
    where = {"company": cabinet.company, "name": "a.csv"}
    nowhere = {**where, "company": "01a20000-0000-7000-8000-000000000000"}
    for method in ("GET", "PUT", "DELETE"):
        theirs = await other.request(method, "admin/files", params=where)
        problem(theirs, 404, "notFound")
        nothing = await other.request(method, "admin/files", params=nowhere)
        assert theirs.json() == nothing.json()
        problem(await alice.request(method, "admin/files", params=where), 403, "notAllowed")
    assert (cabinet.folder / "a.csv").read_bytes() == CSV


def test_a_file_is_found_in_connection_strings() -> None:
    def directory(**settings: object) -> Directory:
        return Directory(
            id=DirectoryId("d"),
            version=1,
            company=CompanyId("c"),
            domain=DomainId("d"),
            name="n",
            kind=DirectoryKind.PUBLIC,
            priority=1,
            connector="x",
            settings=settings,
        )

    assert names(directory(file=r"C:\data\a.csv"), "a.csv")
    assert names(directory(connection=r"Driver={x};Dbq=C:\data\A.csv;"), "a.csv")
    assert not names(directory(file="ba.csv", port=1), "a.csv")
    assert not names(directory(connection="Dbq=a.csv.old"), "a.csv")
    assert NAME.fullmatch("Contacts (2024) d'été.xlsx")
