"""The bare limit of the API: an empty FastAPI endpoint, served as TWS is, without middleware.

No session, no headers of protection, no metrics, no rows: it answers `{}`.
"""

import socket

import uvicorn
import uvloop
from fastapi import FastAPI

app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)


@app.get("/api/v1/empty")
async def empty() -> dict[str, str]:
    return {}


async def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http="httptools", log_level="warning", access_log=False, server_header=False
    )
    print("Listening on port", listener.getsockname()[1], flush=True)
    await uvicorn.Server(config).serve([listener])


if __name__ == "__main__":
    uvloop.run(main())
