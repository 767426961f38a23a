"""The same for profiles: see `tests.web.naming`."""

from collections.abc import Mapping

from tests.web.asking import Ask, changing, deleting, sending

OF_PROFILES: Mapping[str, list[Ask]] = {
    "createProfile": [
        sending(name="X", device="their second device"),
        sending(name="X", device="own device", rules=["their forwarding rule"]),
    ],
    "updateProfile": [
        *changing("profile", name="Y"),
        sending("own profile", version=1, device="their second device"),
        sending("own profile", version=1, rules=["their forwarding rule"]),
    ],
    "chooseProfile": [sending(profile="their profile")],
    "deleteProfile": deleting("profile"),
}
