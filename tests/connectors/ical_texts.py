"""A week of one person in iCalendar, and what it makes of him."""

from tests.contracts.calendar import AWAY, BUSY, FREE, TENTATIVE, event, whole_day

MARIE = "marie@arda.example"
ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Romance Standard Time\n"
    "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)
"As Outlook writes it."


def wrapped(*parts: str) -> str:
    inner = "".join(part if part.endswith("\n") else f"{part}\n" for part in parts)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\n{inner}END:VCALENDAR\n"


def vevent(name: str, *lines: str) -> str:
    about = f"UID:{name}\nDTSTAMP:20260101T000000Z\nSUMMARY:{name}\n"
    return "BEGIN:VEVENT\n" + about + "".join(f"{line}\n" for line in lines) + "END:VEVENT\n"


def at(day: int, hour: int, until: int) -> tuple[str, str]:
    return f"DTSTART:202603{day:02}T{hour:02}0000Z", f"DTEND:202603{day:02}T{until:02}0000Z"


def invited(answer: str) -> tuple[str, str]:
    return (
        "ORGANIZER:mailto:paul@arda.example",
        f"ATTENDEE;PARTSTAT={answer};CN=Marie:MAILTO:Marie@arda.example",
    )


def weekly(name: str, *more: str) -> str:
    first = ("DTSTART;TZID=Romance Standard Time:20260105T090000", "DURATION:PT1H")
    return vevent(name, *first, "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", *more)


MOVED = vevent(
    "Daily",
    "RECURRENCE-ID;TZID=Romance Standard Time:20260305T090000",
    "DTSTART;TZID=Romance Standard Time:20260305T150000",
    "DURATION:PT1H",
    "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
)
WEEK = {
    "budget": vevent("Budget", *at(2, 13, 15)),
    "perhaps": vevent("Perhaps", *at(3, 10, 11), "STATUS:TENTATIVE"),
    "birthday": vevent("Birthday", *at(3, 12, 13), "TRANSP:TRANSPARENT"),
    "fair": vevent("Fair", *at(4, 10, 16), "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
    "doctor": vevent("Doctor", *at(4, 16, 17), "CLASS:PRIVATE"),
    "holiday": vevent("Holiday", "DTSTART;VALUE=DATE:20260307", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
    "daily": ZONE + weekly("Daily", "EXDATE;TZID=Romance Standard Time:20260306T090000") + MOVED,
    "lunch": vevent("Lunch", "DTSTART:20260304T130000", "DTEND:20260304T140000"),
    "off": vevent("Off", *at(2, 13, 15), "STATUS:CANCELLED"),
    "declined": vevent("Declined", *at(2, 13, 15), *invited("DECLINED")),
    "asked": vevent("Asked", *at(5, 10, 11), *invited("NEEDS-ACTION")),
    "accepted": vevent("Accepted", *at(5, 11, 12), *invited("ACCEPTED")),
    "before": vevent("Before", *at(1, 13, 15)),
    "after": vevent("After", *at(9, 13, 15)),
}
EXPECTED = [
    event(2, 13, 15, BUSY, "Budget"),
    event(3, 10, 11, TENTATIVE, "Perhaps"),
    event(3, 12, 13, FREE, "Birthday"),
    event(4, 10, 16, AWAY, "Fair"),
    event(4, 16, 17, BUSY, "Doctor", True),
    whole_day(7, 8, AWAY, "Holiday"),
    *(event(day, 8, 9, BUSY, "Daily") for day in (2, 3, 4)),
    event(5, 14, 15, TENTATIVE, "Daily"),
    event(4, 12, 13, BUSY, "Lunch"),
    event(5, 10, 11, TENTATIVE, "Asked"),
    event(5, 11, 12, BUSY, "Accepted"),
]
