"""The command line: `tws helper connect SERVER`, `tws helper`, `tws helper allow`."""

import argparse
import getpass
import json
import logging
import os
import random
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from tws.desktop import settings
from tws.desktop.asking import at_terminal, by_dialog
from tws.desktop.combinations import Keys
from tws.desktop.desk import Desk
from tws.desktop.keys import NoKeys, keys
from tws.desktop.notifying import Notifier, Nowhere, notifier
from tws.desktop.programs import Allowed
from tws.desktop.server import Server
from tws.desktop.settings import Failed, Settings
from tws.desktop.websocket import Closed
from tws.desktop.words import Words

log = logging.getLogger(__name__)
SIGNED_OUT = 4401
"Close code of the live stream: the key is worth nothing any more."
KEY = "TWS_API_KEY"
FIRST, LONGEST = 0.5, 30.0
"Seconds between two attempts to connect."


def main() -> None:
    given = _parser().parse_args()
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO)
    threading.excepthook = _ended
    place = given.folder or settings.folder()
    try:
        given.do(place, given)
    except Failed as error:
        sys.stderr.write(f"tws: {error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tws helper",
        description="The helper of your desk: programs of the Alerter's buttons, keys that call,"
        " notifications.",
    )
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.set_defaults(do=_run, keys=True)
    commands = parser.add_subparsers(metavar="COMMAND")
    connect = commands.add_parser("connect", help="connect this computer to a server")
    connect.add_argument("server", help="such as https://tws.company.example")
    connect.add_argument("--key-file", type=Path, help=f"file of the key; else {KEY}, or asked")
    connect.add_argument("--device", help="number of your telephone that calls")
    connect.add_argument("--ca-file", help="PEM file of who vouches for the server")
    connect.set_defaults(do=_connect)
    run = commands.add_parser("run", help="run, until it is stopped (the default)")
    run.add_argument("--no-keys", dest="keys", action="store_false", help="hold no keys")
    run.set_defaults(do=_run)
    allow = commands.add_parser("allow", help="say which listed programs may be started here")
    allow.add_argument("--yes", action="store_true", help="all of them, without a question")
    allow.set_defaults(do=_allow)
    return parser


# ---------------------------------------------------------------- the commands


def _connect(place: Path, given: argparse.Namespace) -> None:
    made = Settings(
        server=given.server.rstrip("/"),
        key=_key(given.key_file),
        device=given.device,
        ca_file=given.ca_file,
    )
    duties = _duties(made)
    settings.write(place, made)
    sys.stdout.write(f"Connected as {duties['username']}. Start it with: tws helper\n")
    _decide(place, duties, yes=False)


def _allow(place: Path, given: argparse.Namespace) -> None:
    _decide(place, _duties(settings.read(place)), yes=given.yes)


def _run(place: Path, given: argparse.Namespace) -> None:
    signal.signal(signal.SIGTERM, _stop)
    server = Server(settings.read(place))
    told: list[Desk] = []
    # Keys are told to the desk, which is told what they hold.
    held = _keys(given.keys, told)
    desk = Desk(server, Allowed(place), _notifier(), held, by_dialog)
    told.append(desk)
    try:
        _listen(server, desk)
    finally:
        held.close()


def _listen(server: Server, desk: Desk) -> None:
    """For ever; Failed where the key is worth nothing."""
    failures, waits = 0, threading.Event()
    while True:
        try:
            live = server.live()
        except OSError as error:
            log.warning("not connected: %s", error)
        else:
            try:
                live.send(json.dumps(_hello()))
                for text in live.messages():
                    frame = _frame(text)
                    if frame.get("type") == "snapshot":
                        failures = 0
                        log.info("connected")
                    desk.take(frame)
            except Closed as closed:
                if closed.code == SIGNED_OUT:
                    raise Failed("The key is not good any more: connect again.") from closed
                log.warning("the connection was closed: %s", closed)
            except (OSError, ValueError) as error:
                log.warning("the connection was lost: %s", error)
            finally:
                live.close()
        failures += 1
        ceiling = min(LONGEST, FIRST * 2**failures)
        waits.wait(ceiling / 2 + random.random() * ceiling / 2)  # noqa: S311 - only spreads them


# ---------------------------------------------------------------- inside


def _hello() -> dict[str, Any]:
    return {
        "type": "hello",
        "stream": None,
        "last": None,
        "watch": [],
        "computer": socket.gethostname()[:100],
    }


def _frame(text: str) -> dict[str, Any]:
    """ValueError for what a server of ours does not send."""
    frame = json.loads(text)
    if not isinstance(frame, dict):
        raise ValueError("a message that is no object")
    return frame


def _duties(made: Settings) -> dict[str, Any]:
    """What the server says that the helper does. Failed."""
    try:
        live = Server(made).live()
    except OSError as error:
        raise Failed(f"{made.server} does not answer: {error}") from error
    try:
        live.send(json.dumps(_hello()))
        for text in live.messages():
            frame = _frame(text)
            if frame.get("type") == "snapshot" and "helper" in frame["state"]:
                duties: dict[str, Any] = frame["state"]["helper"]
                return duties
            raise Failed("This is no key of a helper: make one in your preferences.")
    except Closed as closed:
        if closed.code == SIGNED_OUT:
            raise Failed("The server does not know this key.") from closed
        raise Failed(f"{made.server} closed the connection: {closed}") from closed
    except (OSError, ValueError) as error:
        raise Failed(f"{made.server} does not answer: {error}") from error
    finally:
        live.close()
    raise Failed(f"{made.server} told nothing.")


def _decide(place: Path, duties: dict[str, Any], *, yes: bool) -> None:
    """Of each program that nothing was said of yet."""
    allowed, words = Allowed(place), Words(str(duties["culture"]))
    for program in allowed.undecided(duties["programs"]):
        said = True if yes else at_terminal(words("allow", program=program))
        if said is None:
            sys.stdout.write(f"Not allowed on this computer yet: {program}\n")
        else:
            allowed.decide(program, said)


def _key(file: Path | None) -> str:
    try:
        key = file.read_text("utf-8") if file is not None else os.environ.get(KEY, "")
    except OSError as error:
        raise Failed(str(error)) from error
    if not key.strip() and file is None:
        key = getpass.getpass("Key: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not key.strip():
        raise Failed("A key is needed: your preferences make one.")
    return key.strip()


def _keys(wanted: bool, told: list[Desk]) -> Keys:
    if not wanted:
        return NoKeys()
    try:
        return keys(lambda key: told[0].pressed(key), lambda key: told[0].taken(key))
    except Failed as error:
        log.warning("%s", error)
        return NoKeys()


def _notifier() -> Notifier:
    known = sys.platform not in ("win32", "darwin")
    return notifier() if known else Nowhere()


def _ended(why: threading.ExceptHookArgs) -> None:
    """A thread is gone, by a fault of ours: so is the helper, and whoever started it may again."""
    log.critical("%s ended", why.thread.name if why.thread else "a thread", exc_info=why.exc_value)
    os._exit(70)


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
