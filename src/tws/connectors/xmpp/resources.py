"""How somebody is who has several programs: as the one is by which he is reached best. Pure."""

from xml.etree.ElementTree import Element

from tws.connectors.xmpp.stanzas import CLIENT
from tws.messaging.external.addresses import bare
from tws.messaging.external.model import Availability
from tws.messaging.external.network import Available, Listed, Unlisted

MOST_PROGRAMS = 20
"Of one person: a server that tells of more is not believed."
SHOWN = {
    "": Availability.ONLINE,
    "chat": Availability.ONLINE,
    "dnd": Availability.BUSY,
    "away": Availability.AWAY,
    "xa": Availability.AWAY,
}
"By `show` (RFC 6121, 4.7.2.1)."
BEST = (Availability.ONLINE, Availability.BUSY, Availability.AWAY)


class Resources:
    def __init__(self) -> None:
        self._programs: dict[str, dict[str, Availability]] = {}
        "Of those in the list of contacts, by the name of the program."

    def listed(self, what: Listed | Unlisted) -> None:
        if isinstance(what, Unlisted):
            self._programs.pop(what.address, None)
        else:
            self._programs.setdefault(what.address, {})

    def present(self, xml: Element) -> Available | None:
        """What a presence changes; of whom the list does not have nothing is known."""
        whole, kind = xml.get("from", ""), xml.get("type")
        address, name = bare(whole), whole.partition("/")[2]
        programs = None if address is None else self._programs.get(address)
        if programs is None or address is None or kind not in (None, "unavailable"):
            return None
        if kind == "unavailable":
            if name:
                programs.pop(name, None)
            else:
                programs.clear()
        elif name in programs or len(programs) < MOST_PROGRAMS:
            show = (xml.findtext(f"{CLIENT}show") or "").strip()
            programs[name] = SHOWN.get(show, Availability.ONLINE)
        there = set(programs.values())
        best = next((one for one in BEST if one in there), Availability.OFFLINE)
        return Available(address, best)
