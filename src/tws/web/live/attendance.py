"""Who is there, by the live stream: told to presence, to what is pushed, and to helpers' desks."""

from collections.abc import Callable

from tws.desk.model import Helper, Order
from tws.web.live.stream import Stream
from tws.web.shown.known import Known


class Attendance:
    def __init__(self, known: Known) -> None:
        self._known = known

    def opened(self, stream: Stream) -> None:
        """A stream begins: before what it shows is made."""
        if stream.page and stream.actor.user is not None:
            self._known.presence.page_opened(stream.actor.user)

    def helper_came(
        self, stream: Stream, computer: str | None, address: str, tell: Callable[[Order], None]
    ) -> None:
        """If the stream is one's. `address`: from where it comes; `tell`: gives it an order."""
        user = stream.actor.user
        if stream.helper and user is not None:
            self._known.helpers.came(
                Helper(
                    id=stream.id,
                    user=user,
                    session=stream.actor.session or "",
                    computer=computer or address,
                    address=address,
                    tell=tell,
                )
            )

    def look(self, stream: Stream, visible: bool) -> None:
        """Whether a page is looked at: only a browser that shows none such is told otherwise."""
        session, user = stream.actor.session, stream.actor.user
        if visible == stream.visible or not stream.page or session is None or user is None:
            return
        stream.visible = visible
        if visible:
            self._known.push.page_looked_at(session)
        else:
            self._known.push.page_hidden(session)

    def closed(self, stream: Stream) -> None:
        """It will not be resumed."""
        self.look(stream, False)
        user = stream.actor.user
        if user is None:
            return
        if stream.page:
            self._known.presence.page_closed(user)
        if stream.helper:
            self._known.helpers.left(user, stream.id)
