"""Whose rights may be others now: they are told nothing until it is known what they may see."""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator

from tws.organisation.actor import Actor, CompanyId
from tws.web.live.frames import Change
from tws.web.live.stream import Limits, Stream
from tws.web.live.streams import Streams
from tws.web.live.topics import Topics
from tws.web.live.views import scopes
from tws.web.shown.known import Known


class Doubts:
    """`actor_of`: who comes with a token, if anybody does any more; `soon`: lets `reconsidered`
    be asked for at the end of the loop's turn."""

    def __init__(
        self,
        known: Known,
        streams: Streams,
        topics: Topics,
        actor_of: Callable[[str], Actor | None],
        limits: Limits,
        soon: Callable[[], None],
    ) -> None:
        self._known, self._streams, self._topics = known, streams, topics
        self._actor_of, self._limits, self._soon = actor_of, limits, soon
        self._doubted: OrderedDict[Stream, None] = OrderedDict()
        "First doubted first."
        self._companies: set[CompanyId] = set()
        streams.forgotten.append(lambda stream: self._doubted.pop(stream, None))

    @property
    def streams(self) -> Collection[Stream]:
        """Those who are to be reconsidered, as they are at any time."""
        return self._doubted.keys()

    @property
    def waiting(self) -> bool:
        """Whether somebody is to be reconsidered."""
        return bool(self._doubted)

    def add(self, streams: Iterable[Stream]) -> None:
        before = len(self._doubted)
        self._doubted.update(dict.fromkeys(streams))
        if len(self._doubted) > before:
            self._soon()

    def add_company(self, company: CompanyId) -> None:
        self._companies.add(company)
        self._soon()

    def reconsidered(self) -> Iterator[Stream]:
        """As many as there is time for: after a change of everybody's rights it takes turns.
        Those in whose outbox something waits for it."""
        if self._companies:
            companies, self._companies = self._companies, set()
            concerned = (one for one in self._streams if one.actor.company in companies)
            self._doubted.update(dict.fromkeys(concerned))
        ends = time.perf_counter() + self._limits.slice
        while self._doubted:
            stream = self._doubted.popitem(last=False)[0]
            if self._reconsider(stream):
                yield stream
            if time.perf_counter() > ends:
                break

    def _reconsider(self, stream: Stream) -> bool:
        """Ask again who it is and what they may see; what they may no longer see goes at once.
        Whether anything is to be told."""
        if (actor := self._actor_of(stream.token)) is None:
            self._streams.sign_out(stream)
            return False
        stream.actor = actor
        wanted = set(scopes(self._known, actor, stream.watched))
        changed: dict[str, bytes | None] = {}
        for scope in stream.scopes - wanted:
            changed.update(dict.fromkeys(self._topics.unwatch(stream, scope)))
        for scope in wanted - stream.scopes:
            changed.update(self._topics.watch(stream, scope))
        if changed:
            stream.outbox.change(Change(changed))
        return bool(changed)
