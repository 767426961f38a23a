"""Système: times of work at night, calendars, and how long calls are kept (8.2.1, 9.1.3, 10.2)."""

from functools import partial

from tws.organisation.parameters.parameter import (
    DEFAULT_ONLY,
    DOMAINS,
    Parameter,
    Unit,
    ValueKind,
)

APPLICATION = "Système"

TIME_SYNCHRONIZATION_DIRECTORIES = "timeSynchronizationDirectories"
DISPLAY_CALENDAR_SUMMARY = "DisplayCalendarSummary"
DISPLAY_CALENDAR_PRIVATE = "DisplayCalendarPrivate"
CALL_LOG_START_CLEANING_HOUR = "CallLog-StartCleaningHour"
CALL_LOG_NUMBER_MAX_OF_STORAGE = "CallLog-NumberMaxOfStorage"
CALL_LOG_NUMBER_DAYS_OF_STORAGE = "CallLog-NumberDaysOfStorage"
CALL_LOG_NUMBER_TO_KEEP_IN_STORAGE = "CallLog-NumberToKeepInStorage"
STATS_START_CLEANING_HOUR = "Stats-StartCleaningHour"
STATS_NUMBER_DAYS_OF_STORAGE = "Stats-NumberDaysOfStorage"
INCIDENTS_NUMBER_DAYS_OF_STORAGE = "Incidents-NumberDaysOfStorage"
QUEUES_NUMBER_DAYS_OF_STORAGE = "Queues-NumberDaysOfStorage"
CHAT_NUMBER_DAYS_OF_STORAGE = "Chat-NumberDaysOfStorage"
TRACES_NUMBER_DAYS_OF_STORAGE = "Traces-NumberDaysOfStorage"

_of = partial(Parameter, application=APPLICATION)
_number = partial(_of, kind=ValueKind.NUMBER, default=30)

PARAMETERS = (
    _of(
        name=TIME_SYNCHRONIZATION_DIRECTORIES,
        kind=ValueKind.TIME,
        default="03:00",
        levels=DOMAINS,
        expert=True,
        help="The hour of the daily synchronisations of directories, in the domain's time zone.",
    ),
    # Nobody learns what a meeting is about, or that there is a private one, before somebody who
    # may decide it says so.
    _of(
        name=DISPLAY_CALENDAR_SUMMARY,
        kind=ValueKind.YES_NO,
        default=False,
        help="Others see what their appointments are about. Of the two of them who looks and who"
        " is looked at, the stricter counts.",
    ),
    _of(
        name=DISPLAY_CALENDAR_PRIVATE,
        kind=ValueKind.YES_NO,
        default=False,
        help="Others see their private appointments too. Of the two of them who looks and who is"
        " looked at, the stricter counts.",
    ),
    _of(
        name=CALL_LOG_START_CLEANING_HOUR,
        kind=ValueKind.TIME,
        default="03:30",
        levels=DEFAULT_ONLY,
        help="The hour at which call logs are cleaned every night, in each domain's time zone.",
    ),
    _number(
        name=CALL_LOG_NUMBER_MAX_OF_STORAGE,
        least=1,
        unit=Unit.CALLS,
        help="How many incoming, how many outgoing and how many missed calls a user's log keeps"
        " at most, each for itself.",
    ),
    _number(
        name=CALL_LOG_NUMBER_DAYS_OF_STORAGE,
        least=1,
        most=36_500,
        unit=Unit.DAYS,
        help="For how many days a user's log keeps calls.",
    ),
    _number(
        name=CALL_LOG_NUMBER_TO_KEEP_IN_STORAGE,
        unit=Unit.CALLS,
        help="How many calls a user's log keeps at least, whatever the other two numbers say.",
    ),
    _of(
        name=STATS_START_CLEANING_HOUR,
        kind=ValueKind.TIME,
        default="03:30",
        levels=DEFAULT_ONLY,
        help="The hour at which the figures for statistics are cleaned every night, in each"
        " domain's time zone.",
    ),
    _of(
        name=STATS_NUMBER_DAYS_OF_STORAGE,
        kind=ValueKind.NUMBER,
        default=365,
        least=1,
        most=36_500,
        unit=Unit.DAYS,
        levels=DOMAINS,
        help="For how many days the figures for statistics are kept.",
    ),
    _of(
        name=INCIDENTS_NUMBER_DAYS_OF_STORAGE,
        kind=ValueKind.NUMBER,
        default=366,
        least=1,
        most=36_500,
        unit=Unit.DAYS,
        levels=DEFAULT_ONLY,
        help="For how many days the incident journal keeps what is over. What belongs to no"
        " company is kept for as long as by the company that keeps its own for longest.",
    ),
    _number(
        name=QUEUES_NUMBER_DAYS_OF_STORAGE,
        least=1,
        most=36_500,
        unit=Unit.DAYS,
        levels=DOMAINS,
        help="For how many days the calls are listed that nobody answered in a call queue.",
    ),
    _of(
        name=CHAT_NUMBER_DAYS_OF_STORAGE,
        kind=ValueKind.NUMBER,
        default=365,
        least=1,
        most=36_500,
        unit=Unit.DAYS,
        levels=DEFAULT_ONLY,
        help="For how many days the messages that colleagues write to each other are kept, with"
        " their files.",
    ),
    _of(
        name=TRACES_NUMBER_DAYS_OF_STORAGE,
        kind=ValueKind.NUMBER,
        default=7,
        least=1,
        most=365,
        unit=Unit.DAYS,
        levels=DEFAULT_ONLY,
        help="For how many days traces of links are kept: they say who called whom.",
    ),
)
