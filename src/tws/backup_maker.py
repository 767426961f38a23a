"""The process that makes a backup beside a server: `python -m tws.backup_maker`.

It reads one order from standard input and tells on standard output, a line of JSON each: progress,
then what was made, or why not. At SIGTERM it leaves nothing behind.
"""

import asyncio
import signal
import sys
from types import FrameType

import msgspec

from tws.errors import ServiceError
from tws.maintenance.backups.making import Order, make
from tws.maintenance.backups.messages import Failed, Made, Told, decode_order
from tws.storage import StorageError


def tell(what: Told) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.buffer.flush()


async def main(order: Order) -> None:
    try:
        path = await make(order, lambda progress: tell(Told(progress=progress)))
    except (ServiceError, StorageError) as error:
        tell(Told(failed=Failed(words=str(error))))
    else:
        tell(Told(made=Made(name=path.name)))


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    asyncio.run(main(decode_order(sys.stdin.buffer.readline())))
