"""The same of what the helper of a desk is asked, and asks."""

from collections.abc import Mapping

from tests.web.asking import Ask, sending

OF_DESK: Mapping[str, list[Ask]] = {
    "runProgram": [sending(connection="their leg", command=["/usr/bin/crm"])],
}
BY_HELPERS = frozenset({"callSelected", "callChosen", "reportRun", "getHelperProgram"})
"By one's own telephones, to one's own helper: `tests.desktop`."
