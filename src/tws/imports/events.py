"""What happens to imports, published after the commit."""

from msgspec import Struct

from tws.imports.model import Run


class UserImportRunChanged(Struct, frozen=True):
    """A run goes on, or is over. Told to administrators."""

    run: Run
