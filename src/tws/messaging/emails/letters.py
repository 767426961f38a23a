"""What users read of missed calls and voice messages: as text, and as a page without anything from
elsewhere (no picture, no style sheet, no script). Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from msgspec import Struct

from tws.journal.model import LogEntry, Outcome, VoiceNotice
from tws.languages import in_language
from tws.messaging.emails.model import Wish
from tws.numbering import display_kept
from tws.sentences import Sentence, sentence
from tws.telephony.model import Cause

MOST = 50
"Calls that one mail names, the newest; the others are counted."
LONGEST_NAME = 100
WITHHELD, UNKNOWN = sentence("Withheld"), sentence("Unknown number")
WHY = sentence("Which e-mails you get is set in the Caller: Preferences, menu Alert.")
_DIALLED = re.compile(r"\+?[0-9*#]+")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
STYLE = "font-family:sans-serif;font-size:15px;line-height:1.4"


class Written(Struct, frozen=True):
    """A mail without where it goes."""

    subject: str
    text: str
    html: str


class Item(Struct, frozen=True, kw_only=True):
    """One of what is told: a head, what is said below it, and a number to call."""

    head: str
    number: str = ""
    "As it is read; empty where the head is it, or there is none."
    dialled: str = ""
    lines: tuple[str, ...]


def of_missed(wish: Wish, entries: Sequence[LogEntry], page: str | None) -> Written:
    """`entries`: the oldest first, one at least; `page`: of the Caller, if that is known."""
    say = _Speaker(wish)
    count = len(entries)
    if count == 1:
        title = sentence("Missed call from {name}", name=_caller(say, entries[0]))
    else:
        title = sentence("{count} missed calls", count=count)
    items = [_call(say, one) for one in reversed(entries[-MOST:])]
    return _written(say, title, items, count - len(items), page)


def of_voice(
    wish: Wish,
    came: Sequence[VoiceNotice],
    numbers: Mapping[str, str],
    voice_mail: str,
    page: str | None,
) -> Written:
    """`numbers`: of the telephones, by their ids; `voice_mail`: the number that is called to hear
    the messages, empty where it is not known."""
    say = _Speaker(wish)
    items = []
    for one in came[:MOST]:
        number = numbers.get(one.device_row, "")
        head = sentence("Telephone {number}", number=number) if number else sentence("Telephone")
        lines = [say(sentence("Since {at}", at=say.time(one.at)))]
        if voice_mail:
            lines.append(say(sentence("To hear them, call {number}.", number=voice_mail)))
        items.append(Item(head=say(head), dialled=_dialled(voice_mail), lines=tuple(lines)))
    return _written(say, sentence("New voice messages"), items, len(came) - len(items), page)


class _Speaker:
    """In the language of a user, by the clock of his domain."""

    def __init__(self, wish: Wish) -> None:
        self.domain, self.culture = wish.domain, wish.culture
        self._zone = ZoneInfo(wish.domain.time_zone)

    def __call__(self, words: Sentence) -> str:
        return in_language(words, self.culture)

    def time(self, at: datetime) -> str:
        form = "%d/%m/%Y %H:%M %Z" if self.culture == "fr" else "%Y-%m-%d %H:%M %Z"
        return at.astimezone(self._zone).strftime(form)


def _caller(say: _Speaker, of: LogEntry) -> str:
    """As the user's log shows him."""
    if of.restricted:
        return say(WITHHELD)
    shown = display_kept(of.number, say.domain) if of.number else ""
    return _cut(of.name) or shown or say(UNKNOWN)


def _call(say: _Speaker, of: LogEntry) -> Item:
    head = _caller(say, of)
    shown = "" if of.restricted or not of.number else display_kept(of.number, say.domain)
    if of.ringing or of.cause not in (Cause.BUSY, Cause.CALL_FORWARD_BUSY):
        how = sentence("rang {seconds} s", seconds=of.ringing)
    else:
        how = sentence("your telephone was busy")
    lines = [f"{say.time(of.started)}, {say(how)}"]
    if of.outcome is Outcome.FORWARDED and of.other is not None:
        to = of.other.name or of.other.number or ""
        if to:
            lines.append(say(sentence("Forwarded to {name}", name=to)))
    return Item(
        head=head,
        number=shown if shown != head else "",
        dialled="" if of.restricted else _dialled(of.number),
        lines=tuple(lines),
    )


def _dialled(number: str) -> str:
    """What a telephone program is given (RFC 3966); empty where it would not dial it."""
    return number if _DIALLED.fullmatch(number) else ""


def _written(
    say: _Speaker, title: Sentence, items: Sequence[Item], more: int, page: str | None
) -> Written:
    subject = say(sentence("TWS: {what}", what=say(title)))
    rest = say(sentence("and {count} more", count=more)) if more else ""
    text = [say(title), ""]
    for one in items:
        text += [*_text(one), ""]
    if rest:
        text += [rest, ""]
    if page is not None:
        text += [say(sentence("Your event journal: {page}", page=page)), ""]
    text += [say(WHY), ""]
    return Written(subject, "\n".join(text), _html(say, say(title), items, rest, page))


def _text(of: Item) -> list[str]:
    head = ", ".join(_apart(part) for part in (of.head, of.number) if part)
    call = [f"  tel:{_uri(of.dialled)}"] if of.dialled else []
    return [f"* {head}", *(f"  {_apart(line)}" for line in of.lines), *call]


def _html(say: _Speaker, title: str, items: Sequence[Item], rest: str, page: str | None) -> str:
    parts = [
        f'<!DOCTYPE html><html lang="{escape(say.culture)}"><head><meta charset="utf-8">',
        f'<title>{escape(title)}</title></head><body style="{STYLE}">',
        f'<h1 style="font-size:18px"><bdi>{escape(title)}</bdi></h1>\n<ul>',
    ]
    for one in items:
        parts.append(f"<li><p><strong><bdi>{escape(one.head)}</bdi></strong>{_link(one)}")
        parts += [f"<br><bdi>{escape(line)}</bdi>" for line in one.lines]
        parts.append("</p></li>\n")
    parts.append("</ul>\n")
    if rest:
        parts.append(f"<p>{escape(rest)}</p>\n")
    if page is not None:
        words = escape(say(sentence("Your event journal")))
        parts.append(f'<p><a href="{escape(page)}">{words}</a></p>\n')
    parts.append(f'<p style="color:#555">{escape(say(WHY))}</p></body></html>\n')
    return "".join(parts)


def _link(of: Item) -> str:
    shown = of.number or of.dialled
    if not shown:
        return ""
    if not of.dialled:
        return f", <bdi>{escape(shown)}</bdi>"
    return f', <a href="tel:{escape(_uri(of.dialled))}"><bdi>{escape(shown)}</bdi></a>'


def _uri(number: str) -> str:
    """`#` would begin a fragment (RFC 3986, 3.5)."""
    return number.replace("#", "%23")


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _apart(text: str) -> str:
    """What is written from right to left turns nothing around it (UAX 9: FSI ... PDI)."""
    turned = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)
    return f"\u2068{text}\u2069" if turned else text
