"""`python -m tws.simulator`: the simulator by itself."""

import argparse
import asyncio
import sys
from pathlib import Path

from tws.simulator.process import Options, run


def _name(text: str) -> tuple[str, str]:
    number, given, name = text.partition("=")
    if not given:
        raise argparse.ArgumentTypeError(f"4001=Alice expected, not {text}")
    return number.strip(), name.strip()


def main() -> int:
    usual = Options()
    parser = argparse.ArgumentParser(prog="python -m tws.simulator")
    parser.add_argument("--csta-port", type=int, default=usual.csta_port)
    parser.add_argument("--page-port", type=int, default=usual.page_port)
    parser.add_argument("--host", default=usual.host)
    parser.add_argument("--calls-per-second", type=float, default=None)
    parser.add_argument("--config", type=Path, default=None)
    parser.add_argument("--name", type=_name, action="append", default=[], metavar="NUMBER=NAME")
    parser.add_argument("--no-agents", action="store_true")
    parser.add_argument("--until-input-ends", action="store_true")
    given = parser.parse_args()
    options = Options(
        csta_port=given.csta_port,
        page_port=given.page_port,
        host=given.host,
        calls_per_second=given.calls_per_second,
        config=given.config,
        names=dict(given.name),
        no_agents=given.no_agents,
        until_input_ends=given.until_input_ends,
    )
    try:
        asyncio.run(run(options))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
