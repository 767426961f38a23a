"""What the process that runs targets is asked."""

from msgspec import Struct


class Orders(Struct, frozen=True):
    """Of each target."""

    inputs: int
    seconds: int
    "After which it ends, whatever is left."
    corpora: str
    "Folder: in `<target>` what reached something new, and what did in an earlier run."
    findings: str
    "Folder: in `<target>` inputs that raised."
    told: str
    "Folder: `<target>.log` is what libFuzzer writes, `<target>.json` an `Ended`."
    seed: int = 0
    "Of chance; 0 = another one each time."
    jobs: int = 1
    short: bool = False
    "Inputs are as long as each target has them in a short run."
    memory: int = 1024
    "Megabytes of a process at most."


class Ended(Struct, frozen=True):
    """How the process of one target did."""

    status: int
    "0 = it came to its end."
    seconds: float
    "Of a processor."
