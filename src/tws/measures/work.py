"""Of work that goes on by itself: jobs, mails, text messages, backups, and what went wrong."""

from collections import Counter
from collections.abc import Iterator

from tws.incidents.keeping import Keeper
from tws.incidents.model import IncidentKind
from tws.measures.asked import Asked
from tws.schedule import Schedule
from tws.telemetry import Source


def sources(schedule: Schedule, incidents: Keeper, asked: Asked) -> Iterator[Source]:
    yield Source(
        name="tws_job_seconds",
        words="How long runs of jobs took, whatever became of them",
        labels=("task",),
        times=schedule.seconds,
    )
    yield Source(
        name="tws_job_running",
        words="Runs of a job under way",
        labels=("task",),
        values={(name,): count for name, count in schedule.running.items()},
    )
    yield Source(
        name="tws_job_failures",
        words="Jobs that failed",
        labels=("task",),
        values={(name,): count for name, count in schedule.failed.items()},
        grows=True,
    )
    yield Source(
        name="tws_job_last_success_timestamp_seconds",
        words="When a job last came to its end without a failure",
        labels=("task",),
        values={(name,): at for name, at in schedule.succeeded.items()},
    )
    yield from _queues(asked)
    open_now = Counter(incident.kind for incident in incidents.book.open)
    yield Source(
        name="tws_incidents_open",
        words="Incidents that go on",
        labels=("kind",),
        values={(kind.value,): open_now[kind] for kind in IncidentKind},
    )


def _queues(asked: Asked) -> Iterator[Source]:
    """What could not be told is left out: no figure is better than a wrong one."""
    waiting = {"mail": asked.mails, "sms": asked.text_messages}
    yield Source(
        name="tws_queue_waiting",
        words="Mails and text messages that wait to be sent",
        labels=("queue",),
        values={(name,): count for name, count in waiting.items() if count is not None},
    )
    yield Source(
        name="tws_backup_last_success_timestamp_seconds",
        words="When the newest backup was taken",
        values={} if asked.backup is None else {(): asked.backup.timestamp()},
    )
    yield Source(
        name="tws_backup_failed",
        words="1 while the last backup, or its copy, is one that failed",
        values={(): asked.backup_failed},
    )
