"""What a replay found, for a terminal, in English."""

from collections.abc import Iterator

from tws.maintenance.traces.model import Replay, Step


def said(step: Step | None) -> str:
    """Without the time, and numbers: what is compared."""
    if step is None:
        return "nothing"
    legs = [f"{leg.device} {leg.state} ({leg.direction})" for leg in step.legs]
    ended = [f"{device} ended: {cause}" for device, cause in step.ended]
    return "; ".join([step.cause, *legs, *ended])


def in_words(replay: Replay) -> Iterator[str]:
    yield f"Link {replay.link} ({replay.dialect}), recorded by TWS {replay.recorded_by}."
    yield f"{replay.records} records, {replay.messages} messages, {replay.call_count} calls."
    if replay.skipped:
        yield f"{replay.skipped} messages from before the link began could not be replayed."
    if replay.dropped:
        yield f"{replay.dropped} records are missing: the disk was slower than the link."
    for call in replay.calls:
        yield f"Call {call.number}"
        for step in call.steps:
            yield f"  {step.at:%H:%M:%S.%f}  {said(step)}"
    for name, times in replay.not_understood.items():
        yield f"Not understood: {name}, {times} times."
    if replay.unlike_sent:
        yield f"{replay.unlike_sent} messages are sent otherwise now."
    for one in replay.differences:
        yield (
            f"Call {one.call}, step {one.step}: recorded {said(one.recorded)},"
            f" replayed {said(one.replayed)}."
        )
    if not replay.whole:
        yield "What was recorded and what was replayed cannot be compared."
    elif not replay.difference_count:
        yield "Every call went as it was recorded."
