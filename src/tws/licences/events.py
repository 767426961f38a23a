"""What happened to the licence, published after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LicenceChanged:
    """The file, or the installation's number, is another one."""

    dongle: str
    text: str | None
    "None = no file: as many of everything as one likes."
