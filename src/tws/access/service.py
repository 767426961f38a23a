"""May they: signing in, sessions, API keys, passwords. The only maker of actors.

While the database is away whoever is signed in stays so; signing in and changes raise
StorageUnavailable.
"""

from tws.access.changing import ChangingPasswords
from tws.access.keys import Keys
from tws.access.signing import Signing


class AccessService(Signing, ChangingPasswords, Keys):
    pass
