"""The same for messages: see `tests.web.naming`."""

from collections.abc import Mapping

from tests.web.asking import Ask, asking, finding, sending

OF_CHATS: Mapping[str, list[Ask]] = {
    "listChats": [asking()],
    "listChatMessages": [*finding("colleague"), *finding("external contact")],
    "sendChatMessage": [
        sending("their colleague", text="Hello"),
        sending("their external contact", text="Hello"),
    ],
    "tellTyping": [*finding("colleague"), *finding("external contact")],
    "setChatRead": [sending("their colleague", upto="their message")],
    "sendChatFile": [asking(user="their colleague", name="a.txt")],
    "getChatFile": finding("sent file"),
    "deleteExternalContact": finding("external contact"),
    "answerExternalContact": [sending("their external contact", yes=True)],
}
