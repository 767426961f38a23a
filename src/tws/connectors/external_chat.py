"""The register of the networks by which users write to people outside.

One is loaded when it is first used. To add one: write it, add its line here.
"""

from tws.messaging.external.model import OpenedAccount
from tws.messaging.external.network import Dial, Hearer, Line
from tws.register import Register

NETWORKS: Register[Dial] = Register({"xmpp": "tws.connectors.xmpp.line:XmppLine [xmpp]"})
"By which addresses are reached."


def dial(account: OpenedAccount, hearer: Hearer) -> Line:
    """Begin a connection; NotInstalled."""
    return NETWORKS.load("xmpp")(account, hearer)
