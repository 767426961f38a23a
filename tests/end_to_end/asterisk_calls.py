"""The calls that Asterisk itself says there are, of its own list of channels.

It knows bridges, who is dialled by whom, and in which place of the dialplan somebody waits. What
belongs together by these is one call.
"""

from collections.abc import Iterable, Iterator, Mapping

from tests.end_to_end.site import EarsOfCall, at_ear
from tws.links.asterisk.dialplan import WAIT

Channel = Mapping[str, str]
"A line of `core show channels concise`."
TO_OTHERS = ("Dial", "ChanSpy")
"Applications whose first argument is another channel, or the beginning of its name."


def calls_of(channels: Iterable[Channel]) -> list[EarsOfCall]:
    calls: list[tuple[set[str], list[Channel]]] = []
    for channel in (channels := list(channels)):
        ties = set(_ties(channel, channels))
        tied = [call for call in calls if call[0] & ties]
        calls = [call for call in calls if call not in tied]
        together = [one for _, members in tied for one in members]
        calls.append((ties.union(*(other for other, _ in tied)), [*together, channel]))
    return [frozenset(_ears(members)) for _, members in calls]


def _ties(channel: Channel, channels: Iterable[Channel]) -> Iterator[str]:
    """What this channel has in common with those of the same call."""
    yield channel["name"].partition(";")[0]  # the two halves of a Local channel
    if channel["bridge"]:
        yield channel["bridge"]
    if channel["application"] in TO_OTHERS:
        other = channel["data"].partition(",")[0]
        for one in channels:
            if one["name"] == other or one["name"].rpartition("-")[0] == other:
                yield one["name"].partition(";")[0]


def _ears(call: Iterable[Channel]) -> Iterator[str]:
    for channel in call:
        technology, _, rest = channel["name"].partition("/")
        holds = channel["exten"] == WAIT and not channel["bridge"]
        if technology == "PJSIP" and not holds:
            yield at_ear(rest.rpartition("-")[0], rings=channel["state"] == "Ringing")
