"""Of those who come, and of the directories that they look into."""

from collections.abc import Iterator

from tws.access.service import AccessService
from tws.directory.sync.service import SyncService
from tws.organisation.model import Directory, DirectoryKind
from tws.organisation.registry import Registry
from tws.sources.run_states import RunState
from tws.telemetry import Source


def sources(
    access: AccessService, registry: Registry, synchronisation: SyncService
) -> Iterator[Source]:
    yield Source(
        name="tws_sessions",
        words="Sessions of users and administrators that are signed in",
        values={(): len(access.sessions.memory.sessions())},
    )
    yield Source(
        name="tws_sign_ins_refused",
        words="Sign-ins that were refused",
        labels=("method", "why"),
        values={refused: count for refused, count in access.refusals.sign_ins.items()},
        grows=True,
    )
    yield Source(
        name="tws_requests_refused",
        words="Requests that were refused though somebody was signed in, or from elsewhere",
        labels=("code",),
        values={(code,): count for code, count in access.refusals.requests.items()},
        grows=True,
    )
    read = [row for row in registry.directories.values() if _is_read(row)]
    yield Source(
        name="tws_directory_info",
        words="1; the name of a directory, and what it is read from",
        labels=("directory", "name", "connector"),
        values={(row.id, row.name, row.connector): 1 for row in read},
    )
    yield Source(
        name="tws_directory_synchronised_timestamp_seconds",
        words="When a directory was synchronised last",
        labels=("directory",),
        values={
            (row.id,): row.synchronised.timestamp() for row in read if row.synchronised is not None
        },
    )
    yield Source(
        name="tws_directory_failed",
        words="1 while the last synchronisation of a directory is one that failed",
        labels=("directory",),
        values={(row.id,): _failed(synchronisation, row) for row in read},
    )


def _is_read(row: Directory) -> bool:
    return row.built_in is None and row.kind is not DirectoryKind.DISABLED


def _failed(synchronisation: SyncService, row: Directory) -> bool:
    run = synchronisation.last(row.id)
    return run is not None and run.state is RunState.FAILED
