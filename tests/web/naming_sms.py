"""As `tests.web.naming`, of text messages and their providers."""

from collections.abc import Mapping

from tests.web.asking import Ask, asking, changing, deleting, finding, listing, sending

SMS_GATEWAY = {"url": "http://127.0.0.1:1/", "body": "{to} {text}"}
OF_SMS: Mapping[str, list[Ask]] = {
    "listSmsProviders": listing("domain"),
    "createSmsProvider": [
        sending(domain="their domain", name="B", connector="http", settings=SMS_GATEWAY)
    ],
    "getSmsProvider": finding("SMS provider"),
    "updateSmsProvider": changing("SMS provider", name="X"),
    "deleteSmsProvider": deleting("SMS provider"),
    "listSmsProviderStates": listing("domain"),
    "trySmsProvider": [
        sending(domain="their domain", connector="http", settings=SMS_GATEWAY),
        sending(
            domain="own domain",
            provider="their SMS provider",
            connector="http",
            settings=SMS_GATEWAY,
        ),
    ],
    "sendSms": [sending(contact="their texted contact", text="Hello")],
    "listSms": [asking()],
    "getSms": finding("text message"),
}
