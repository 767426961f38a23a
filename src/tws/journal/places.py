"""Where a page of the journal ends, and the next one begins."""

from datetime import datetime

from tws.errors import Invalid

MOST_ENTRIES = 200
"Of one page."


def place_of(at: datetime, id: str) -> str:
    return f"{at.isoformat()} {id}"


def place(before: str | None) -> tuple[datetime, str] | None:
    """What `place_of` made; Invalid."""
    if before is None:
        return None
    at, _, id = before.partition(" ")
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None or not id:
        raise Invalid("This is no place in a log: take it from the page before.", field="before")
    return when, id
