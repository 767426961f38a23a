"""Child processes: what they are given and say, and that each one ends."""

import sys

import pytest

from tws.net.child import Child

ECHO = "import sys; print('ready', flush=True); print(sys.stdin.read().upper(), flush=True)"
WAITS = "import sys; print('ready', flush=True); sys.stdin.read()"
POLITE = (
    "import signal, sys\n"
    "def bye(*_): print('bye', flush=True); sys.exit(3)\n"
    "signal.signal(signal.SIGTERM, bye)\n"
    "print('ready', flush=True)\n"
    "signal.pause()\n"
)
STUBBORN = (
    "import signal, subprocess, sys\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
    "print('ready', flush=True)\n"
    "signal.pause()\n"
)


async def started(script: str, **limits: int) -> Child:
    child = await Child.start([sys.executable, "-c", script], **limits)
    assert await child.line() == b"ready\n"
    return child


async def test_it_is_given_something_once_and_says_lines_until_its_end() -> None:
    child = await started(ECHO)
    await child.give(b"one\ntwo")
    assert [await child.line() for _ in range(3)] == [b"ONE\n", b"TWO\n", b""]
    assert await child.ended() == 0
    await child.kill()


async def test_silence_is_told_and_the_child_goes_on() -> None:
    child = await started(ECHO)
    with pytest.raises(TimeoutError):
        await child.line(silence=0)
    await child.give(b"late")
    assert await child.line() == b"LATE\n"
    await child.stop()


async def test_a_line_that_is_too_long_is_refused() -> None:
    child = await started(ECHO, longest_line=100)
    await child.give(b"x" * 1000)
    with pytest.raises(ValueError):
        await child.line()
    await child.kill()


async def test_it_is_asked_to_end_and_may_say_a_last_word() -> None:
    child = await started(POLITE)
    await child.stop()
    assert [await child.line(), await child.line()] == [b"bye\n", b""]
    assert await child.ended() == 3
    await child.stop()


async def test_it_is_killed_with_what_it_started_itself() -> None:
    child = await started(STUBBORN)
    await child.kill()
    assert await child.ended() == -9
    # Its output ends when nobody is left who could write there.
    assert await child.line() == b""
    await child.kill()


async def test_what_ended_already_takes_nothing_and_is_told_as_ended() -> None:
    child = await Child.start([sys.executable, "-c", "import os; os.close(0); os._exit(7)"])
    assert await child.ended() == 7
    await child.give(b"x" * 1_000_000)
    assert await child.line() == b""


async def test_what_cannot_be_started_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError):
        await Child.start(["/nonexistent/program"])


async def test_a_child_sees_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which hold passwords; but what it must know of encryption."""
    monkeypatch.setenv("TWS_DATABASE", "postgresql://tws:secret@db/tws")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", "/run/credentials")
    monkeypatch.setenv("TWS_TLS", "strict")
    tells = "import os; print([n for n in os.environ if n[:4] in ('TWS_', 'CRED')], flush=True)"
    child = await Child.start([sys.executable, "-c", tells])
    assert await child.line() == b"['TWS_TLS']\n"
    await child.ended()
