"""The windows of one wall: kinds of links, of directories. Each has settings of its own, which
administrators fill in and a row keeps.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from tws import forms
from tws.errors import Invalid, invalid
from tws.net.encryption import Way, ways
from tws.register import NotInstalled, Register


class Window(Protocol):
    Settings: ClassVar[type[Any]]
    "A dataclass, of which `tws.forms` makes the form and its validation."


W = TypeVar("W", bound=Window)


class Windows(Generic[W]):
    """What a wall's register has, as rows and forms need it. `kind` names one in words, `field`
    is the member of a row that names it."""

    def __init__(self, register: Register[type[W]], kind: str, field: str) -> None:
        self.register, self._kind, self._field = register, kind, field

    def of(self, name: str) -> type[W]:
        """The window of that name; raises `Invalid` where there is none, or it cannot be used."""
        if name not in self.register:
            raise Invalid(f"No such {self._kind}: {name}.", field=self._field)
        try:
            return self.register.load(name)
        except NotInstalled as why:
            raise Invalid(
                str(why), field=self._field, why="notInstalled", parameters={"extra": why.extra}
            ) from why

    def listing(self) -> Mapping[str, type[W] | NotInstalled]:
        """All of them, loaded; or why one cannot be used."""
        return self.register.listing()

    def settings(self, name: str, values: Mapping[str, object]) -> Any:
        """Its Settings made of a form's values; raises `Invalid` naming what is wrong, and where
        they say that somebody is spoken to in clear text who must not be."""
        made = self._made(name, values)
        for way in ways(made):
            if said := way.refused():
                raise invalid(said, field="settings")
        return made

    def ways(self, name: str, values: Mapping[str, object]) -> Sequence[Way]:
        """How what these settings name is spoken to, allowed or not; none where they cannot be
        used."""
        try:
            return tuple(ways(self._made(name, values)))
        except Invalid:
            return ()

    def _made(self, name: str, values: Mapping[str, object]) -> Any:
        try:
            return forms.convert(self.of(name).Settings, values)
        except forms.WrongSetting as wrong:
            field = "settings" if wrong.field is None else f"settings.{wrong.field}"
            raise Invalid(
                str(wrong), field=field, why=wrong.why, parameters=wrong.parameters or None
            ) from wrong

    def validate(self, name: str, values: Mapping[str, object]) -> Mapping[str, object]:
        """What is to be stored: every setting, defaults included."""
        return dataclasses.asdict(self.settings(name, values))

    def secret_fields(self, name: str) -> frozenset[str]:
        """Settings that are never shown, and kept when a form leaves them out."""
        return forms.secret_fields(self.of(name).Settings)

    def where_fields(self, name: str) -> frozenset[str]:
        """Settings that say to whom its secrets are told."""
        return forms.where_fields(self.of(name).Settings)
