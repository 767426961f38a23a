"""`tws synchronise`, `tws import-users`, `tws doctor` and `tws support-bundle`: ask a server.
They sign in as administrators and use the API, as a page does.
"""

import asyncio
import getpass
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

import httpx
import typer

PAUSE = 0.5
"Seconds between two looks at a synchronisation."
GOES_ON = ("reading", "merging")


class Failed(Exception):
    """The server said no, or is not there; in words."""


Run = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked to run, and how its runs are told."""

    what: str
    path: str
    begin: str
    question: Callable[[Run], str]
    "Where it would take much away."
    progress: Callable[[Run], str]
    report: Callable[[Run], list[str]]


async def to_its_end(
    kind: Kind,
    server: str,
    username: str,
    password: str,
    name: str,
    *,
    dry: bool = False,
    approve: Callable[[str], bool],
    say: Callable[[str], None],
) -> Run:
    """Run what has that name or id to its end; the run. `dry`: only what it would do.

    `approve` is asked whether much may be deleted. Raises Failed.
    """
    async with _signed_in(server, username, password) as api:
        row = _named(kind, await _look(api, f"admin/{kind.path}"), name)
        path = f"admin/{kind.path}/{row['id']}"
        if dry:
            return {"state": "would do", **await _ask(api, f"{path}/try")}
        return await _followed(api, kind, path, approve, say)


@asynccontextmanager
async def _signed_in(
    server: str, username: str, password: str, patience: float = 5.0
) -> AsyncIterator[httpx.AsyncClient]:
    """As an administrator. Failed where the server does not answer, then and within. `patience`:
    seconds to wait for an answer."""
    base = server.rstrip("/")
    async with httpx.AsyncClient(
        base_url=f"{base}/api/v1/", headers={"Origin": base}, timeout=patience
    ) as api:
        try:
            await _ask(api, "administrator/login", {"username": username, "password": password})
            yield api
        except httpx.HTTPError as error:
            raise Failed(f"{server} does not answer: {error}") from error


async def _followed(
    api: httpx.AsyncClient,
    kind: Kind,
    path: str,
    approve: Callable[[str], bool],
    say: Callable[[str], None],
) -> Run:
    run, told = await _ask(api, f"{path}/{kind.begin}"), ""
    while run["state"] in (*GOES_ON, "asking"):
        if run["state"] == "asking":
            yes = approve(kind.question(run))
            run = await _ask(api, f"{path}/{'approve' if yes else 'cancel'}")
            continue
        if (words := kind.progress(run)) != told:
            told = words
            say(words)
        await asyncio.sleep(PAUSE)
        runs: list[dict[str, Any]] = await _look(api, f"{path}/runs", limit=1)
        run = runs[0]
    return run


def _progress(run: dict[str, Any]) -> str:
    if run["state"] == "reading":
        return f"{run['read']} entries read"
    changes = run["created"] + run["updated"] + run["deleted"]
    return f"{run['merged']} of {changes} contacts merged"


def report(run: dict[str, Any]) -> list[str]:
    """In lines, for people."""
    lines = [
        f"{run['state']}: {run['read']} read, {run['created']} created, {run['updated']} updated,"
        f" {run['deleted']} deleted, {run['unchanged']} unchanged"
    ]
    for title, remarks in (("ignored", run["ignored"]), ("note", run["notes"])):
        lines += [
            f"{title}: {one['count']} × {one['words']} ({', '.join(one['examples'][:3])})"
            for one in remarks
        ]
    lines += [f"not read: {one['mailbox']}: {one['why']}" for one in run["unread"]]
    return [*lines, run["words"]] if run["words"] else lines


def users_question(run: Run) -> str:
    found = run["report"]
    gone = found["deleted"] + found["disabled"]
    return f"{gone} of {found['known']} users would be deleted or disabled. Go on?"


def users_progress(run: Run) -> str:
    found = run["report"]
    if run["state"] == "reading":
        return f"{found['read']} entries read"
    changes = sum(found[what] for what in ("created", "updated", "deleted", "disabled"))
    return f"{run['done']} of {changes} users changed"


def users_report(run: Run) -> list[str]:
    """In lines, for people. Of a trial there may be none."""
    found, lines = run["report"], []
    if found is not None:
        said = ("read", "created", "updated", "deleted", "disabled", "unchanged", "ignored")
        told = ", ".join(f"{found[what]} {what}" for what in said)
        lines.append(f"{run['state']}: {told}")
        lines += [
            f"ignored: {': '.join(filter(None, (one['username'], one['why'], one['words'])))}"
            for one in found["lines"]
            if one["action"] == "ignored"
        ]
        lines += [f"note: {one['words']}" for one in found["notes"]]
    return [*lines, run["words"]] if run["words"] else lines


DIRECTORIES = Kind(
    "directory",
    "directories",
    "synchronise",
    lambda run: f"{run['deleted']} of {run['known']} contacts would be deleted. Go on?",
    _progress,
    report,
)
USERS = Kind("import", "user-imports", "run", users_question, users_progress, users_report)


def _named(kind: Kind, rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    found = [row for row in rows if name in (row["id"], row["name"])]
    if not found:
        raise Failed(f"There is no {kind.what} {name}.")
    if len(found) > 1:
        ids = ", ".join(row["id"] for row in found)
        raise Failed(f"Several {kind.path} are named {name}. Say which by its id: {ids}.")
    return found[0]


async def _ask(
    api: httpx.AsyncClient, path: str, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    found: dict[str, Any] = _answer(await api.post(path, json=body))
    return found


async def _look(api: httpx.AsyncClient, path: str, **query: Any) -> Any:
    return _answer(await api.get(path, params=query))


def _answer(response: httpx.Response) -> Any:
    if response.is_success:
        return response.json() if response.content else {}
    try:
        words = response.json()["detail"]
    except (ValueError, KeyError):
        words = f"HTTP {response.status_code}"
    raise Failed(str(words))


# ---------------------------------------------------------------- the doctor


async def answers(server: str) -> bool:
    """Whether a server of TWS runs there."""
    try:
        async with httpx.AsyncClient() as client:
            found = await client.get(f"{server.rstrip('/')}/api/v1/health")
            return "version" in found.json()
    except (httpx.HTTPError, ValueError):
        return False


async def examined(server: str, username: str, password: str) -> list[dict[str, Any]]:
    """What the doctor of that server finds. Raises Failed."""
    async with _signed_in(server, username, password, patience=60) as api:
        found: list[dict[str, Any]] = (await _look(api, "admin/doctor"))["findings"]
        return found


def doctor(server: str, username: str) -> bool:
    """Print what it finds; whether something failed. The password is asked for."""
    try:
        found = asyncio.run(examined(server, username, _password(username)))
    except Failed as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(1) from error
    for one in found:
        todo = one["todo"]["words"] if one["todo"] else ""
        typer.echo(finding(one["outcome"], one["check"], one["said"]["words"], todo))
    return any(one["outcome"] == "failed" for one in found)


def finding(outcome: str, check: str, said: str, todo: str) -> str:
    """In a line, for people."""
    return f"{outcome:13} {check:12} {said} {todo}".rstrip()


async def bundled(
    server: str, username: str, password: str, *, personal: bool, traces: bool
) -> tuple[str, bytes]:
    """The name and the bytes of a support bundle of that server. Raises Failed."""
    async with _signed_in(server, username, password, patience=120) as api:
        wanted = {"personal": personal, "traces": traces}
        answer = await api.get("admin/support-bundle", params=wanted)
        if not answer.is_success:
            _answer(answer)
        return answer.headers["content-disposition"].split('"')[1], answer.content


def support_bundle(
    server: str, username: str, *, personal: bool, traces: bool
) -> tuple[str, bytes] | None:
    """None, with words, where that server gives none. The password is asked for."""
    work = bundled(server, username, _password(username), personal=personal, traces=traces)
    try:
        return asyncio.run(work)
    except Failed as error:
        typer.echo(f"tws: {error}", err=True)
        return None


def _password(username: str) -> str:
    ask = getpass.getpass if sys.stdin.isatty() else _line
    return ask(f"Password of {username}: ")


def main(
    name: Annotated[str, typer.Argument(help="Name or id of a directory, or of an import.")],
    username: Annotated[str, typer.Option(prompt="Administrator's user name")],
    server: Annotated[str, typer.Option(help="The server that runs.")] = "http://127.0.0.1:8080",
    yes: Annotated[bool, typer.Option("--yes", help="Delete however many it takes.")] = False,
    users: Annotated[bool, typer.Option("--users", help="Import users.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Of users: tell what would be done.")
    ] = False,
) -> None:
    """Synchronise a directory with its source, or import users, and print the report.

    The password is asked for; without a terminal it is read from standard input.
    """
    terminal = sys.stdin.isatty()
    password = _password(username)
    kind = USERS if users or dry_run else DIRECTORIES
    asked = to_its_end(
        kind,
        server,
        username,
        password,
        name,
        dry=dry_run,
        approve=lambda question: yes or (terminal and typer.confirm(question)),
        say=lambda words: typer.echo(words, err=True),
    )
    try:
        run = asyncio.run(asked)
    except Failed as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(1) from error
    for line in kind.report(run):
        typer.echo(line)
    if run["state"] not in ("done", "would do") or (dry_run and run["report"] is None):
        raise typer.Exit(1)


def _line(_: str) -> str:
    return sys.stdin.readline().rstrip("\n")


if __name__ == "__main__":
    typer.run(main)
