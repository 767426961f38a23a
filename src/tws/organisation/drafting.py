"""Settings as a form has them, and to whom the stored secrets among them may be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tws.errors import Invalid
from tws.forms import keeping_secrets
from tws.organisation.walls import Validate
from tws.records.sealing import Sealed, Sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The settings of one connector."""

    connector: str
    secret: frozenset[str]
    where: frozenset[str]
    "Those that say to whom the secret ones are told."
    validate: Validate

    def left_out(self, settings: Mapping[str, object]) -> set[str]:
        return {name for name in self.secret if settings.get(name) is None}

    def drafted(
        self, sealing: Sealing, before: Sealed | None, settings: Mapping[str, object]
    ) -> Mapping[str, object]:
        """With secrets: those left out are the ones of `before`, at its address only. Invalid."""
        if before is None:
            return self.validate(self.connector, settings)
        left_out = self.left_out(settings)
        old = sealing.opened(before, left_out)
        new = self.validate(self.connector, keeping_secrets(old, settings, left_out))
        self.refuse_told_elsewhere(old, new, left_out)
        return new

    def elsewhere(self, old: Mapping[str, object], new: Mapping[str, object]) -> bool:
        """Whether secrets are told to somebody else than before."""
        return any(new.get(name) != old.get(name) for name in self.where)

    def refuse_told_elsewhere(
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
