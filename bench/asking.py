"""A client of the API that costs little itself: the server under measure has the other core."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

Query = Mapping[str, str]


class Asker:
    """One connection that stays open; asks one question after the other."""

    def __init__(self, port: int, key: str = "", cookie: str = "") -> None:
        """`key`: of the API; `cookie`: that of a session, whole."""
        shown = f"Authorization: Bearer {key}" if key else f"Cookie: {cookie}"
        self._port, self._shown = port, shown

    async def ask(
        self, path: str, queries: Sequence[Query], empty: Sequence[bytes]
    ) -> list[float]:
        """Seconds until each answer was there. RuntimeError for one that is none, or is one of
        `empty`."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        times = []
        for query in queries:
            request = (
                f"GET /api/v1/{path}?{urlencode(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"{self._shown}\r\n\r\n"
            ).encode()
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            _, _, rest = head.lower().partition(b"content-length: ")
            body = await reader.readexactly(int(rest.partition(b"\r\n")[0]))
            times.append(time.perf_counter() - begun)
            if b" 200 " not in head[:20] or body in empty:
                raise RuntimeError(f"{path} {query}: {body[:200]!r}")
        writer.close()
        return times
