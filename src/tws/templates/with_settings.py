"""Rows of a file that have settings, and maybe secrets, which no file holds: links, and sources of
contacts, users and calendars."""

from collections.abc import Awaitable, Callable
from typing import Any

from tws.organisation.words import fold
from tws.templates.file import (
    CollaborationItem,
    DirectoryItem,
    LinkItem,
    Ref,
    UserImportItem,
    WithSettings,
)
from tws.templates.model import RowKind
from tws.templates.rows import Rows


class MakingWithSettings:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def _with_settings(
        self,
        kind: RowKind,
        item: WithSettings,
        rows: Any,
        take: Callable[[Any], WithSettings],
        check: Callable[[dict[str, Any]], object],
        create: Callable[[dict[str, Any]], Awaitable[object]],
        update: Callable[[Any], Awaitable[object]],
    ) -> None:
        """A secret that is to be filled in is empty until then."""
        row = self._rows.there(rows, item.domain, item.name)
        settings = {**item.settings, **dict.fromkeys(item.secrets, "")}

        async def act() -> object:
            return await (create(settings) if row is None else update(row))

        def checked() -> None:
            self._rows.place(item.domain)
            check(settings)

        await self._rows.one(
            kind,
            item.name,
            self._rows.name(item.domain),
            same=None if row is None else _like(take(row), item),
            check=checked,
            act=act,
            secrets=tuple(item.secrets),
        )

    async def link(self, item: LinkItem) -> None:
        links = self._rows.organisation.links
        fields: dict[str, Any] = {"dialect": item.dialect, "capacity": item.capacity}
        await self._with_settings(
            RowKind.LINK,
            item,
            self._rows.known.links,
            self._rows.taking.link,
            lambda settings: self._rows.walls.links(item.dialect, settings),
            lambda settings: links.create_link(
                self._rows.actor,
                domain=self._rows.place(item.domain),
                name=item.name,
                settings=settings,
                enabled=item.enabled and not item.secrets,
                **fields,
            ),
            lambda row: links.update_link(
                self._rows.actor, row.id, row.version, settings=item.settings, **fields
            ),
        )

    async def directory(self, item: DirectoryItem) -> None:
        directories = self._rows.organisation.directories
        names = ("connector", "kind", "priority", "mapping", "labels", "merge", "minutes")
        fields: dict[str, Any] = {name: getattr(item, name) for name in names}
        await self._with_settings(
            RowKind.DIRECTORY,
            item,
            self._rows.known.directories,
            self._rows.taking.directory,
            lambda settings: self._rows.walls.directories(item.connector, settings),
            lambda settings: directories.create_directory(
                self._rows.actor,
                domain=self._rows.place(item.domain),
                name=item.name,
                settings=settings,
                **fields,
                **_scheduled(item),
            ),
            lambda row: directories.update_directory(
                self._rows.actor,
                row.id,
                row.version,
                settings=item.settings,
                **fields,
                **_scheduled(item),
            ),
        )

    async def user_import(self, item: UserImportItem) -> None:
        imports = self._rows.organisation.user_imports
        names = ("name", "connector", "mapping", "mode", "fields", "protocol", "label")
        fields: dict[str, Any] = {
            name: getattr(item, name) for name in (*names, "culture", "adapt", "minutes", "hour")
        }

        def check(settings: dict[str, Any]) -> None:
            self._rows.walls.directories(item.connector, settings)
            refs()

        def refs() -> dict[str, Any]:
            return {
                "group": item.group and self._rows.id(RowKind.GROUP, item.group),
                "link": item.link and self._rows.id(RowKind.LINK, item.link),
            }

        rows = {
            row.id: _Named(row, self._rows.known.directories[row.directory].name)
            for row in self._rows.known.user_imports.values()
        }
        await self._with_settings(
            RowKind.USER_IMPORT,
            item,
            rows,
            lambda found: self._rows.taking.user_import(found.row),
            check,
            lambda settings: imports.create_user_import(
                self._rows.actor,
                domain=self._rows.place(item.domain),
                settings=settings,
                **fields,
                **refs(),
                **_scheduled(item),
            ),
            lambda found: imports.update_user_import(
                self._rows.actor,
                found.row.id,
                found.row.version,
                settings=item.settings,
                **fields,
                **refs(),
                **_scheduled(item),
            ),
        )

    async def collaboration(self, item: CollaborationItem) -> None:
        sources = self._rows.organisation.collaboration
        await self._with_settings(
            RowKind.COLLABORATION,
            item,
            self._rows.known.collaboration_sources,
            self._rows.taking.collaboration,
            lambda settings: self._rows.walls.calendars(item.connector, settings),
            lambda settings: sources.create_collaboration_source(
                self._rows.actor,
                domain=self._rows.place(item.domain),
                name=item.name,
                connector=item.connector,
                settings=settings,
                enabled=item.enabled and not item.secrets,
            ),
            lambda row: sources.update_collaboration_source(
                self._rows.actor,
                row.id,
                row.version,
                connector=item.connector,
                settings=item.settings,
            ),
        )


class _Named:
    """A row under the name of another."""

    def __init__(self, row: Any, name: str) -> None:
        self.row, self.name, self.domain, self.id = row, name, row.domain, row.id


def _scheduled(item: DirectoryItem | UserImportItem) -> dict[str, Any]:
    """What waits for a secret is not read by itself until it has it, and somebody says so."""
    return {} if item.secrets else {"schedule": item.schedule}


def _like(now: WithSettings, item: WithSettings) -> bool:
    """But for where they are, for what is secret, and where something is secret for what was left
    off until that was filled in."""
    return _plain(now, item.secrets) == _plain(item, item.secrets)


def _plain(item: WithSettings, secrets: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(item, name) for name in item.__struct_fields__}
    for name in ("domain", "name", "secrets", *(("enabled", "schedule") if secrets else ())):
        found.pop(name, None)
    for name in ("group", "link"):
        if isinstance(ref := found.get(name), Ref):
            found[name] = fold(ref.name)
    found["settings"] = {k: v for k, v in item.settings.items() if k not in secrets}
    return found
