"""Photos at addresses of the web: what is asked, what is not, and how long is waited."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.connectors.http_server import Reply, Request, serving
from tests.web.pictures import picture
from tws.connectors.http.places import own
from tws.connectors.pictures import photo_reader
from tws.connectors.pictures.photo_reader import PhotoReader
from tws.directory.photos import NoPhoto, Photo


@pytest.fixture
def reader() -> Iterator[PhotoReader]:
    """Of this machine's addresses too."""
    with closing(PhotoReader(local=True)) as reader:
        yield reader


def fetched(reader: PhotoReader, address: str) -> str:
    """The words of what is refused; empty where there is a photo."""
    (found,) = reader.fetched([address]).values()
    return "" if isinstance(found, Photo) else str(found)


@pytest.mark.parametrize(
    ("place", "ours"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("169.254.169.254", True),
        ("fe80::1%eth0", True),
        ("0.0.0.0", True),  # noqa: S104 - as somebody writes it into a directory
        ("::", True),
        ("224.0.0.1", True),
        ("10.0.0.1", False),
        ("192.0.2.7", False),
        ("2001:db8::1", False),
    ],
)
def test_what_is_of_this_machine(place: str, ours: bool) -> None:
    assert own(place) is ours


@pytest.mark.parametrize(
    "address",
    [
        "http://[broken/x.png",
        "http://h:99999999/x",
        "http:///x",
        "http://localhost/x",
        "http://⒈/",
    ],
)
def test_an_address_that_cannot_be_asked_has_words(address: str) -> None:
    with closing(PhotoReader()) as reader:
        assert fetched(reader, address)


def test_a_host_that_fails_again_and_again_is_given_up(reader: PhotoReader) -> None:
    with serving(lambda _: Reply(500)) as service:
        words = [fetched(reader, f"{service.url}/{n}") for n in range(7)]
        assert words == 5 * ["its address answers 500"] + 2 * ["its host does not answer"]
        assert len(service.requests) == 5


def test_a_host_that_says_nothing_is_not_waited_for(
    reader: PhotoReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_reader, "TURN", 0.3)
    with serving(lambda _: Reply(200, picture())) as service:
        service.hold()
        (found,) = reader.fetched([service.url]).values()
        assert isinstance(found, NoPhoto) and found.later
        service.let_go()


def test_a_circle_of_redirections_ends(reader: PhotoReader) -> None:
    def answer(request: Request) -> Reply:
        return Reply(302, headers={"Location": "/again"})

    with serving(answer) as service:
        words = fetched(reader, service.url)
        assert words == "an address that redirects too often"
        assert len(service.requests) == 4
