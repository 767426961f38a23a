"""A register of windows: names, and where each one's class is. A class is loaded on first use.

So a name that nobody uses costs nothing, and one that needs an extra which is not installed is
told as such where it is listed or used, instead of stopping the start.
"""

from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint
from typing import Generic, TypeVar

from tws.sentences import Parameter, Sentence

T = TypeVar("T")


class NotInstalled(Exception):
    """A window that cannot be loaded; the words say what an administrator must install. `extra`:
    of this package; empty = something else."""

    def __init__(self, template: str, /, *, extra: str = "", **parameters: Parameter) -> None:
        self.said = Sentence(template, {**parameters, "extra": extra} if extra else parameters)
        super().__init__(str(self.said))
        self.extra = extra


class Register(Generic[T]):
    """`places`: by name, `"module:Class"`, or `"module:Class [extra]"` where it needs an extra of
    this package, as Python's own entry points are written. T = what stands there."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = {name: EntryPoint(name, place, "tws") for name, place in places.items()}

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def names(self) -> tuple[str, ...]:
        """As they stand in the register; none is loaded."""
        return tuple(self._places)

    def load(self, name: str) -> T:
        """KeyError for an unknown name, NotInstalled where something is not installed."""
        place = self._places[name]
        try:
            found: T = place.load()
        except ImportError as error:
            if (error.name or "").partition(".")[0] == "tws":
                raise  # a fault of ours, which no installation mends
            raise _not_installed(place, error) from error
        return found

    def listing(self) -> Mapping[str, T | NotInstalled]:
        """All of them, loaded; or why one cannot be."""
        return {name: self._listed(name) for name in self._places}

    def _listed(self, name: str) -> T | NotInstalled:
        try:
            return self.load(name)
        except NotInstalled as why:
            return why


def _not_installed(place: EntryPoint, error: ImportError) -> NotInstalled:
    if not place.extras:
        return NotInstalled("{name} cannot be loaded: {said}.", name=place.name, said=str(error))
    return NotInstalled(
        "Not installed, for {name} run: {command} and start TWS again ({said}).",
        name=place.name,
        command=f"pip install 'tws[{','.join(place.extras)}]'",
        said=str(error),
    )
