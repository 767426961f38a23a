"""Files that directories are read from: those of the company's folder, and no others.

The connection strings of the guide name files as Windows does, with a drive and folders: what
counts is the last part, the folder is always ours. An administrator of one company must not read
the files of another, or of the machine.
"""

from pathlib import Path, PureWindowsPath

from tws.sources.errors import Misconfigured


def found(folder: Path, name: str) -> Path:
    """The file of that name; Misconfigured with words where there is none."""
    last = PureWindowsPath(name.strip()).name
    if not last or last in (".", ".."):
        raise Misconfigured("The name of the file is missing.")
    path = folder / last
    if path.is_symlink() or not path.is_file():
        raise Misconfigured(
            "There is no file {file} in the company's folder: send it there by the form of a "
            "directory.",
            file=last,
        )
    return path


def unreadable(path: Path, error: OSError) -> Misconfigured:
    return Misconfigured(
        "{file} cannot be read: {said}.", file=path.name, said=error.strerror or str(error)
    )
