"""A request that names something, and how examples of it are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NUMBER = "4003"

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """One request: the id in its address, its query, its body."""

    id: str | None = None
    query: Fields = field(default_factory=dict)
    body: Fields | None = None

    def filled(self, own: Mapping[str, str], their: Mapping[str, str]) -> "Ask":
        def fill(value: Any) -> Any:
            match value:
                case dict():
                    return {name: fill(one) for name, one in value.items()}
                case list():
                    return [fill(one) for one in value]
                case str() if value.startswith("own "):
                    return own[value.removeprefix("own ")]
                case str() if value.startswith("their "):
                    return their[value.removeprefix("their ")]
            return value

        return Ask(fill(self.id), fill(self.query), fill(self.body))

    def of_version(self, version: int) -> "Ask":
        """The same for one that saw another version of the row; itself where there is none."""
        query, body = dict(self.query), None if self.body is None else dict(self.body)
        for place in (query, body or {}):
            if "version" in place:
                place["version"] = version
        return Ask(self.id, query, body)

    def named(self) -> set[str]:
        """The members by which somebody else's thing is named: `id`, `query.user`, `body.user`."""
        places: dict[str, Any] = {"id": self.id}
        places |= {f"query.{name}": value for name, value in self.query.items()}
        places |= {f"body.{name}": value for name, value in (self.body or {}).items()}
        return {name for name, value in places.items() if _theirs(value)}


def _theirs(value: Any) -> bool:
    if isinstance(value, list):
        return any(_theirs(one) for one in value)
    return isinstance(value, str) and value.startswith("their ")


def asking(id: str | None = None, **query: Any) -> Ask:
    return Ask(id, query)


def sending(id: str | None = None, **body: Any) -> Ask:
    return Ask(id, body=body)


def changing(id: str, **body: Any) -> list[Ask]:
    return [Ask(f"their {id}", body={"version": 1, **body})]


def finding(id: str) -> list[Ask]:
    return [Ask(f"their {id}")]


def deleting(id: str) -> list[Ask]:
    return [Ask(f"their {id}", {"version": 1})]


def listing(*names: str) -> list[Ask]:
    """All; of their company; and by each of `names`, with and without one's own company."""
    return [
        asking(),
        *(asking(**{name: f"their {name}"}) for name in ("company", *names)),
        *(asking(**{"company": "own company", name: f"their {name}"}) for name in names),
    ]


def granting(kind: str, object: str, grantee: str) -> Ask:
    """`object`, `grantee`: as in `their queue`, which says their kinds too."""
    return sending(
        kind=kind,
        objectKind=object.partition(" ")[2],
        object=object,
        granteeKind=grantee.partition(" ")[2],
        grantee=grantee,
    )


def on_device(**more: Any) -> list[Ask]:
    return [sending(device="their device", **more)]


def on_legs(*legs: str, **more: Any) -> list[Ask]:
    """Calls of their telephone, and of one's own: all theirs, and each beside one's own."""
    mixed = [
        {name: f"{'their' if name == one else 'own'} {_LEGS[name]}" for name in legs}
        for one in legs
    ]
    theirs = {name: f"their {_LEGS[name]}" for name in legs}
    return [
        sending(device="their device", **theirs, **more),
        *(sending(device="own device", **given, **more) for given in (theirs, *mixed)),
    ]


_LEGS = {"connection": "leg", "existing": "leg", "active": "leg", "held": "held leg"}
