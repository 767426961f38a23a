"""`python -m fuzz [TARGET ...]`: run targets, print what came of each, keep what was found.

Ends with 1 when something was found, or a run broke; with 2 where nothing can be fuzzed.
"""

import argparse
import os
import sys

from fuzz import growth, running
from fuzz.register import TARGETS

INPUTS, SECONDS = 1_000_000, 3600
"Of each target, each night."


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all of them by default")
    parser.add_argument("--inputs", type=int, default=INPUTS, help="of each target")
    parser.add_argument(
        "--seconds", type=int, default=SECONDS, help="after which a target ends before its inputs"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at a time")
    parser.add_argument(
        "--growth",
        action="store_true",
        help="how time grows with inputs, instead",
    )
    given = parser.parse_args()
    names = given.targets or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        sys.exit(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    if given.growth:
        sys.exit(0 if growth.shown(names) else 1)
    if why := running.missing():
        print(why, file=sys.stderr)
        sys.exit(2)
    print(running.HEAD, flush=True)
    outcomes = running.nightly(names, given.inputs, given.seconds, given.jobs)
    for one in outcomes:
        if not one.good:
            print(f"\n{running.told(one)}")
    sys.exit(0 if all(one.good for one in outcomes) else 1)


if __name__ == "__main__":
    main()
