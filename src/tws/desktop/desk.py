"""What the helper does with what its server tells: keys, programs, notifications.

Frames are taken by the thread that reads them; what takes time is done by another, one thing after
the other. Questions have a thread of their own: they wait for somebody.
"""

import logging
import queue
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from tws.desktop.asking import Ask
from tws.desktop.combinations import Keys
from tws.desktop.notifying import Notifier
from tws.desktop.programs import NOT_ALLOWED, Allowed, start
from tws.desktop.quiet import is_quiet
from tws.desktop.selection import number_in
from tws.desktop.server import Refused, Server
from tws.desktop.settings import Failed
from tws.desktop.words import Words

log = logging.getLogger(__name__)
NOTICE = "notice/"


class Desk:
    def __init__(
        self, server: Server, allowed: Allowed, notifier: Notifier, keys: Keys, ask: Ask
    ) -> None:
        self._server, self._allowed = server, allowed
        self._notifier, self._keys, self._ask = notifier, keys, ask
        self._state: dict[str, Any] = {}
        self._words = Words()
        self._held: tuple[str, ...] | None = None
        self._asked: set[str] = set()
        "Programs that were asked about since the start, whatever was said."
        self._shown: dict[str, int] = {}
        "Notifications of calls, by key; of the thread that works."
        self._ringing: Mapping[str, Any] = {}
        self._jobs: queue.Queue[Callable[[], None]] = queue.Queue()
        threading.Thread(target=self._work, name="work", daemon=True).start()

    # ------------------------------------------------------------ what is told

    def take(self, frame: Mapping[str, Any]) -> None:
        """A message of the live stream."""
        match frame.get("type"):
            case "snapshot":
                self._state = dict(frame["state"])
            case "change":
                self._state.update(frame["set"])
                for key in frame["gone"]:
                    self._state.pop(key, None)
            case "moment" if frame["moment"]["kind"] == "run":
                moment = frame["moment"]
                self._jobs.put(partial(self._run, str(moment["id"]), list(moment["command"])))
                return
            case _:
                return
        self._follow()

    @property
    def duties(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._state.get("helper", {})
        return found

    def _follow(self) -> None:
        duties = self.duties
        self._words = Words(str(duties.get("culture", "Auto")))
        numbers = tuple(f"Ctrl+F{n}" for n in duties.get("numbers", ()))
        selected = str(duties.get("selected") or "")
        wanted = (selected, *numbers) if selected else numbers
        if wanted != self._held:
            self._held = wanted
            self._keys.hold(wanted)
        self._ask_about(self.listed)
        self._show_calls()

    @property
    def listed(self) -> tuple[str, ...]:
        """Programs that the administrator lists."""
        return tuple(map(str, self.duties.get("programs", ())))

    # ------------------------------------------------------------ programs

    def _run(self, order: str, command: list[str]) -> None:
        try:
            outcome = start(command, self.listed, self._allowed)
        except Failed as error:
            log.error("%s", error)
            outcome = NOT_ALLOWED
        log.info("told to start %s: %s", command[0] if command else "nothing", outcome)
        try:
            self._server.report(order, outcome)
        except (Refused, OSError) as error:
            log.warning("what became of it could not be told: %s", error)

    def _ask_about(self, programs: Collection[str]) -> None:
        """Once in each run, of those that nothing was said of yet."""
        new = [one for one in self._allowed.undecided(programs) if one not in self._asked]
        if new:
            self._asked.update(new)
            threading.Thread(target=self._ask_each, args=(new,), name="ask", daemon=True).start()

    def _ask_each(self, programs: Collection[str]) -> None:
        for program in programs:
            said = self._ask(self._words("allow", program=program))
            if said is None:
                log.warning("not allowed on this computer yet: %s (tws helper allow)", program)
            else:
                self._allowed.decide(program, said)

    # ------------------------------------------------------------ keys

    def pressed(self, key: str) -> None:
        """Told by the thread of the keys."""
        self._jobs.put(partial(self._call, key))

    def taken(self, key: str) -> None:
        words = self._words("taken", keys=key)
        log.warning("%s", words)
        self._say(words)

    def _call(self, key: str) -> None:
        if key != self.duties.get("selected"):
            self._called(key, lambda: self._server.call_chosen(int(key.rpartition("F")[2])))
            return
        number = number_in(self._keys.selected())
        if number is None:
            self._notifier.show(self._words("noNumber"), ())
        else:
            self._called(number, lambda: self._server.call_selected(number))

    def _called(self, what: str, call: Callable[[], None]) -> None:
        words = self._words
        try:
            call()
        except Refused as refused:
            title = words("notCalled", number=what)
            self._notifier.show(title, [words.refusal(refused.why, str(refused))])
        except OSError as error:
            log.warning("not called: %s", error)
            self._notifier.show(words("notCalled", number=what), [words("unreachable")])
        else:
            self._notifier.show(words("calling", number=what), ())

    # ------------------------------------------------------------ calls that ring

    def _show_calls(self) -> None:
        rings = {key: value for key, value in self._state.items() if key.startswith(NOTICE)}
        if rings != self._ringing:
            self._ringing = rings
            self._jobs.put(partial(self._show, rings))

    def _show(self, rings: Mapping[str, Mapping[str, Any]]) -> None:
        """These ring now: what is over is closed, what is new or said otherwise is shown."""
        for key in [key for key in self._shown if key not in rings]:
            self._notifier.close(self._shown.pop(key))
        quiet = is_quiet(self.duties, datetime.now(UTC))
        for key, notice in rings.items():
            if key in self._shown or not quiet:
                title = str(notice["title"]) or self._words("unknown")
                lines = [str(line) for line in notice["lines"]] or [self._words("rings")]
                before = self._shown.get(key, 0)
                self._shown[key] = self._notifier.show(title, lines, stays=True, before=before)
                log.info("a call is shown")

    # ------------------------------------------------------------ inside

    def _say(self, title: str) -> None:
        def say() -> None:
            self._notifier.show(title, ())

        self._jobs.put(say)

    def _work(self) -> None:
        while True:
            self._jobs.get()()
