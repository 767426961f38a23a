"""`tws synchronise`: asks a server that runs. It signs in as an administrator and uses the API, as
a page does.
"""

import asyncio
import getpass
import sys
from collections.abc import Callable
from typing import Annotated, Any

import httpx
import typer

PAUSE = 0.5
"Seconds between two looks at a synchronisation."
GOES_ON = ("reading", "merging")


class Failed(Exception):
    """The server said no, or is not there; in words."""


async def synchronise(
    server: str,
    username: str,
    password: str,
    name: str,
    *,
    approve: Callable[[str], bool],
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Synchronise the directory of that name or id to its end; its report.

    `approve` is asked whether many contacts may be deleted. Raises Failed.
    """
    headers = {"Origin": server.rstrip("/")}
    async with httpx.AsyncClient(base_url=f"{server.rstrip('/')}/api/v1/", headers=headers) as api:
        try:
            await _ask(api, "administrator/login", {"username": username, "password": password})
            directory = _named(await _look(api, "admin/directories"), name)
            path = f"admin/directories/{directory['id']}"
            return await _to_its_end(api, path, approve, say)
        except httpx.HTTPError as error:
            raise Failed(f"{server} does not answer: {error}") from error


async def _to_its_end(
    api: httpx.AsyncClient,
    path: str,
    approve: Callable[[str], bool],
    say: Callable[[str], None],
) -> dict[str, Any]:
    run, told = await _ask(api, f"{path}/synchronise"), ""
    while run["state"] in (*GOES_ON, "asking"):
        if run["state"] == "asking":
            question = f"{run['deleted']} of {run['known']} contacts would be deleted. Go on?"
            run = await _ask(api, f"{path}/{'approve' if approve(question) else 'cancel'}")
            continue
        if (words := _progress(run)) != told:
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


def _named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    found = [row for row in rows if name in (row["id"], row["name"])]
    if not found:
        raise Failed(f"There is no directory {name}.")
    if len(found) > 1:
        ids = ", ".join(row["id"] for row in found)
        raise Failed(f"Several directories are named {name}. Say which by its id: {ids}.")
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


def main(
    directory: Annotated[str, typer.Argument(help="Name or id of a directory.")],
    username: Annotated[str, typer.Option(prompt="Administrator's user name")],
    server: Annotated[str, typer.Option(help="The server that runs.")] = "http://127.0.0.1:8080",
    yes: Annotated[bool, typer.Option("--yes", help="Delete however many it takes.")] = False,
) -> None:
    """Synchronise a directory with its source, and print the report.

    The password is asked for; without a terminal it is read from standard input.
    """
    terminal = sys.stdin.isatty()
    ask = getpass.getpass if terminal else _line
    password = ask(f"Password of {username}: ")
    asked = synchronise(
        server,
        username,
        password,
        directory,
        approve=lambda question: yes or (terminal and typer.confirm(question)),
        say=lambda words: typer.echo(words, err=True),
    )
    try:
        run = asyncio.run(asked)
    except Failed as error:
        typer.echo(f"tws: {error}", err=True)
        raise typer.Exit(1) from error
    for line in report(run):
        typer.echo(line)
    if run["state"] != "done":
        raise typer.Exit(1)


def _line(_: str) -> str:
    return sys.stdin.readline().rstrip("\n")


if __name__ == "__main__":
    typer.run(main)
