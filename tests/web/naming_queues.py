"""The same of the operations of call queues and intercom groups."""

from collections.abc import Mapping

from tests.web.asking import NUMBER, Ask, asking, changing, deleting, finding, listing, sending

QUEUES: Mapping[str, list[Ask]] = {
    "listQueues": listing("domain"),
    "createQueue": [
        sending(domain="their domain", name="X"),
        sending(domain="own domain", name="X", link="their link", number="7099"),
    ],
    "getQueue": finding("queue"),
    "updateQueue": [
        *changing("queue", name="X"),
        sending("own queue", version=1, link="their link"),
    ],
    "deleteQueue": deleting("queue"),
    "listIntercomGroups": listing("domain"),
    "createIntercomGroup": [
        sending(domain="their domain", name="X"),
        sending(domain="own domain", name="X", link="their link", number="7099"),
    ],
    "getIntercomGroup": finding("intercomGroup"),
    "updateIntercomGroup": [
        *changing("intercomGroup", name="X"),
        sending("own intercomGroup", version=1, link="their link"),
    ],
    "deleteIntercomGroup": deleting("intercomGroup"),
    "listQueueStates": [asking()],
    "getQueueState": finding("queue"),
    "takeQueuedCall": [
        sending("their queue", connection="their waiting leg", device="own device"),
        sending("own queue", connection="their waiting leg", device="own device"),
        sending("own queue", connection="own waiting leg", device="their device"),
    ],
    "deflectQueuedCall": [
        sending("their queue", connection="their waiting leg", destination=NUMBER),
        sending("own queue", connection="their waiting leg", destination=NUMBER),
    ],
    "listAbandonedCalls": finding("queue"),
    "exportAbandonedCalls": finding("queue"),
    "callBackAbandonedCall": [
        sending("their queue", call="their abandoned call", device="own device"),
        sending("own queue", call="their abandoned call", device="own device"),
        sending("own queue", call="own abandoned call", device="their device"),
    ],
}
