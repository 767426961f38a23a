"""The manager interface of Asterisk: what it sends, from lines to the driver."""

from pathlib import Path

from tests.links.asterisk.bench import PEER, Bench

from fuzz.choices import Choices
from fuzz.driving import Driving, driven
from fuzz.mutation import ByTokens
from fuzz.target import Target, holds
from tws.protocols.ami.message import Message, Unwritable, encode
from tws.protocols.ami.reader import MAX_LINE, Reader
from tws.protocols.ami.session import Answer, Session

CAPTURES = Path("tests/captures/ami")
RECORDED = tuple(path.read_bytes() for path in sorted(CAPTURES.glob("*.ami")))
BLOCKS = tuple(
    sorted(
        {
            block.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b"\r\n\r\n"
            for whole in RECORDED
            for block in whole.replace(b"\r\n", b"\n").split(b"\n\n")
            if block.startswith(b"Event: ") and len(block) < 1500
        },
        key=lambda block: (len(block), block),
    )
)[::7]
GREETING = b"Asterisk Call Manager/11.0.0\r\n"
ANSWERS = tuple(
    b"Response: Success\r\nActionID: tws-%d\r\n%b\r\n" % (number, more)
    for number, more in ((1, b"Challenge: 1\r\n"), (2, b""), (3, b"EventList: start\r\n"))
)
WORDS = (
    *(b"Event: ", b"Response: Success\r\n", b"ActionID: tws-3\r\n", b"EventList: Complete\r\n"),
    *(b"Uniqueid: 1\r\n", b"Linkedid: 1\r\n", b"Channel: PJSIP/1001-00000001\r\n", b"\r\n\r\n"),
    *(b"DestUniqueid: 2\r\n", b"BridgeUniqueid: b1\r\n", b"Event: BridgeEnter\r\n", b":", b"\0"),
    *(b"Event: Newchannel\r\n", b"Event: Hangup\r\n", b"Event: Rename\r\n", b"ChanVariable: "),
)
LINES = rb"[^\r\n]*\r\n|[^\r\n]+|."
MUTATE = ByTokens(LINES, (*BLOCKS, *ANSWERS), WORDS)


def _read(pieces: list[bytes]) -> tuple[Reader, list[Message]]:
    reader, found = Reader(), []
    for piece in pieces:
        found += reader.feed(piece)
        holds(len(reader._buffer) <= MAX_LINE, "more is kept than a line may have")
    return reader, found


def _reader(data: bytes) -> None:
    cut = list(Choices(data).pieces())
    one, messages = _read([b"".join(cut)])
    other, again = _read(cut)
    holds(messages == again, "other messages in pieces")
    holds(one.banner == other.banner and one.counters == other.counters, "other in pieces")
    for message in messages:
        _written(message)


def _written(message: Message) -> None:
    """What can be sent arrives as it is."""
    try:
        sent = encode("Ping", message.fields)
    except Unwritable:
        return
    _, (read,) = _read([GREETING + sent])
    holds(read.fields == (("Action", "Ping"), *message.fields), "it arrives as another one")


AMI_READER = Target(
    feed=_reader,
    seeds=(GREETING + BLOCKS[0], *BLOCKS, *ANSWERS),
    words=WORDS,
    mutate=MUTATE,
    short=600,
)


def _session(data: bytes) -> None:
    session = Session("tws", "secret", 5.0, 0.0)
    answers = set()
    for now, piece in enumerate(Choices(data).pieces()):
        session.receive_data(piece, float(now))
        session.handle_timer(float(now))
        for outcome in session.outcomes():
            if isinstance(outcome, Answer):
                holds(outcome.id not in answers, "answered twice")
                answers.add(outcome.id)
        for sent in session.data_to_send():
            holds(b"secret" not in sent, "the secret goes over the wire")
    session.handle_timer(1000.0)
    holds(session.timer() is None, "it waits for ever")


AMI_SESSION = Target(
    feed=_session,
    seeds=(
        GREETING,
        GREETING + ANSWERS[0],
        GREETING + b"".join(ANSWERS[:2]) + b"Event: FullyBooted\r\n\r\n" + BLOCKS[0],
        b"SSH-2.0-OpenSSH\r\n",
    ),
    words=(GREETING, *WORDS),
    mutate=ByTokens(LINES, (GREETING, *ANSWERS, *BLOCKS), WORDS),
)


def _drive(data: bytes) -> None:
    """Of a driver that is logged in and has been told that there are no channels."""
    bench = Bench()
    bench.connect()
    driven(Driving(bench.driver, PEER, bench.now), data)


ASTERISK_DRIVER = Target(
    feed=_drive,
    seeds=(*BLOCKS, *(b"".join(BLOCKS[at : at + 6]) for at in range(0, len(BLOCKS), 6))),
    words=WORDS,
    mutate=MUTATE,
    longest=8192,
    short=400,
)
