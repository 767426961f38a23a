"""Rows as a form has them: they may be tried, and are not stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tws.organisation.model import (
    CollaborationAccount,
    CollaborationSource,
    Directory,
    Link,
    SmsProvider,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryDraft:
    """A directory as a form has it: it may be tried, and is not stored."""

    directory: Directory
    "Without settings."
    settings: Mapping[str, object] = field(repr=False)
    "With secrets, for its connector alone."


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDraft:
    """A link as a form has it: it may be tried, and is not stored."""

    link: Link = field(repr=False)
    "With its secrets, for its driver alone."
    stored: bool
    "Whether its settings are those of the stored link of that id."


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationDraft:
    """A source as a form has it, or a stored one with a user's own account as his form has it: it
    may be tried, and is not stored."""

    source: CollaborationSource
    account: CollaborationAccount | None = None
    settings: Mapping[str, object] = field(repr=False)
    "With secrets, for its connector alone."


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsProviderDraft:
    """A provider as a form has it: it may be tried, and is not stored."""

    provider: SmsProvider
    settings: Mapping[str, object] = field(repr=False)
    "With secrets, for its connector alone."
