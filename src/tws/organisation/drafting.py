"""Settings as a form has them, and to whom the stored secrets among them may be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from tws.errors import Invalid
from tws.forms import keeping_secrets
from tws.organisation.model import CollaborationSource, SmsProvider
from tws.organisation.walls import Forms, Validate
from tws.records.sealing import Sealed, Sealing

Connected = TypeVar("Connected", CollaborationSource, SmsProvider)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The settings of one connector, or dialect."""

    connector: str
    secret: frozenset[str]
    where: frozenset[str]
    "Those that say to whom the secret ones are told."
    validate: Validate

    @classmethod
    def of(cls, forms: Forms, connector: str) -> "Form":
        """Invalid for one that is not there."""
        return cls(
            connector=connector,
            secret=frozenset(forms.secret_fields(connector)),
            where=frozenset(forms.where_fields(connector)),
            validate=forms.validate,
        )

    def stored(
        self,
        sealing: Sealing,
        before: Sealed | None,
        row: Sealed,
        settings: Mapping[str, object],
    ) -> Mapping[str, object]:
        """As `row` stores them, its secrets sealed: those left out are the ones of `before`, at
        its address only. Invalid."""
        validate = partial(self.validate, self.connector)
        new = sealing.checked(row, settings, self.secret, validate, before)
        if before is not None:
            self._refuse_told_elsewhere(before.settings, new, self._left_out(settings))
        return new

    def drafted(
        self, sealing: Sealing, before: Sealed | None, settings: Mapping[str, object]
    ) -> Mapping[str, object]:
        """With secrets: those left out are the ones of `before`, at its address only. Invalid."""
        if before is None:
            return self.validate(self.connector, settings)
        left_out = self._left_out(settings)
        old = sealing.opened(before, left_out)
        new = self.validate(self.connector, keeping_secrets(old, settings, left_out))
        self._refuse_told_elsewhere(old, new, left_out)
        return new

    def _left_out(self, settings: Mapping[str, object]) -> set[str]:
        return {name for name in self.secret if settings.get(name) is None}

    def elsewhere(self, old: Mapping[str, object], new: Mapping[str, object]) -> bool:
        """Whether secrets are told to somebody else than before."""
        return any(new.get(name) != old.get(name) for name in self.where)

    def _refuse_told_elsewhere(
        self,
        old: Mapping[str, object],
        new: Mapping[str, object],
        left_out: Collection[str],
    ) -> None:
        """Whoever changes an address has to know the secrets that are told to it."""
        if not self.elsewhere(old, new):
            return
        for name in left_out:
            if new.get(name):
                raise Invalid(
                    "What is stored is told to the stored address only: type it again.",
                    field=f"settings.{name}",
                    why="secretOfAddress",
                )


def with_settings(
    forms: Forms,
    sealing: Sealing,
    before: Connected | None,
    row: Connected,
    settings: Mapping[str, object] | None,
) -> Connected:
    """`row` with `settings`, secrets sealed; None = those of `before` stay, as secrets that are
    left out do. Another connector needs its own, secrets included. Invalid."""
    known = before if before is not None and before.connector == row.connector else None
    if settings is None and known is not None:
        return row
    stored = Form.of(forms, row.connector).stored(sealing, known, row, settings or {})
    return replace(row, settings=stored)
