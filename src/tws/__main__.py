"""`tws`, and `python -m tws`.

Loading makes some hundred thousand objects, and none of them is garbage: looking for it meanwhile
takes a fifth of the start. What is loaded stays, and is not looked at again either.
"""

import gc
from importlib import import_module


def main() -> None:
    gc.disable()
    cli = import_module("tws.cli")
    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
