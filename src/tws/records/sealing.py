"""Secret settings of links, of directories and of collaboration: sealed in the row, in memory and
in the database alike, and opened only where a driver or a connector needs them."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Protocol

from tws.errors import Invalid, invalid
from tws.forms import keeping_secrets
from tws.storage.secrets import SecretLost, Secrets, is_sealed

TOLD = "***"
"What is said of a secret that there is."


class Sealed(Protocol):
    """A row with settings, of which some are sealed."""

    @property
    def id(self) -> str: ...

    @property
    def settings(self) -> Mapping[str, object]: ...


class Sealing:
    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def checked(
        self,
        row: Sealed,
        settings: Mapping[str, object],
        fields: Collection[str],
        validate: Callable[[Mapping[str, object]], Mapping[str, object]],
        before: Sealed | None = None,
    ) -> dict[str, object]:
        """What somebody filled in, as `validate` has it and the row stores it. Of the secret
        `fields` those left out are what they are in `before`. Invalid where such a one is lost."""
        if before is not None:
            left_out = [field for field in fields if settings.get(field) is None]
            settings = keeping_secrets(self.opened(before, left_out), settings, left_out)
        return self.sealed(row, validate(settings), fields, before)

    def sealed(
        self,
        row: Sealed,
        settings: Mapping[str, object],
        fields: Collection[str],
        before: Sealed | None = None,
    ) -> dict[str, object]:
        """`settings` as the row stores them, `fields` of them sealed. What is the same as in
        `before` keeps its seal, so that nothing seems changed."""
        kept = dict(settings)
        for field in fields:
            value = kept.get(field)
            if not value:
                continue
            old = None if before is None else before.settings.get(field)
            if self._stays(old, row.id, field, value):
                kept[field] = old
                continue
            try:
                kept[field] = self._secrets.seal(value, row.id, field)
            except SecretLost as lost:
                raise _refused(lost, field) from lost
        return kept

    def one(self, row: str, field: str, value: object) -> str:
        """A secret that is a field of its own. Invalid where it cannot be sealed."""
        try:
            return self._secrets.seal(value, row, field)
        except SecretLost as lost:
            raise invalid(lost.said, field="value") from lost

    def column(self, row: str, field: str, value: str, before: str = "") -> str:
        """A secret that is a column of its own; "" where there is none. What is the same as the
        sealed `before` keeps that seal. Invalid where it cannot be sealed."""
        if not value:
            return ""
        if self._stays(before, row, field, value):
            return before
        try:
            return self._secrets.seal(value, row, field)
        except SecretLost as lost:
            raise invalid(lost.said, field=field) from lost

    def opened(self, row: Sealed, fields: Collection[str]) -> dict[str, object]:
        """The row's settings, `fields` of them as they were given. Invalid where one is lost."""
        found = dict(row.settings)
        for field in fields:
            if value := found.get(field):
                try:
                    found[field] = self._secrets.open(value, row.id, field)
                except SecretLost as lost:
                    raise _refused(lost, field) from lost
        return found

    def _stays(self, old: object, row: str, field: str, value: object) -> bool:
        """Whether `old` says the same, by the key of now."""
        with suppress(SecretLost):
            return bool(old) and (
                self._secrets.open(old, row, field) == value and self._secrets.current(old)
            )
        return False


def _refused(lost: SecretLost, field: str) -> Invalid:
    return invalid(lost.said, field=f"settings.{field}")


def told(settings: Mapping[str, object]) -> dict[str, object]:
    """What may be said of settings: not even sealed secrets."""
    return {name: TOLD if is_sealed(value) else value for name, value in settings.items()}
