"""What is said of sources, values and rules is said in French too, with the same parameters."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from tests.house.test_rules import sources
from tws.directory.cards import Reason
from tws.organisation.parameters.catalogue import DEFINITIONS

FRENCH = Path(__file__).parents[2] / "frontend/src/shared/i18n/sentences.fr.ts"
FOLDER = FRENCH.parent / "sentences"
ROOMS = (
    "access/elsewhere.py",
    "access/methods.py",
    "access/providers.py",
    "access/workgroup.py",
    "alerter",
    "connectors",
    "directory",
    "imports",
    "incidents",
    "app/",
    "journal",
    "links",
    "mail",
    "maintenance",
    "messaging/emails",
    "messaging/sms",
    "numbering",
    "organisation/device_protocols.py",
    "organisation/intercom_groups.py",
    "organisation/listening.py",
    "organisation/shared_devices.py",
    "organisation/parameter",
    "organisation/preferences",
    "net/",
    "presence",
    "push",
    "queues/abandoned.py",
    "queues/exporting.py",
    "sources",
    "telephony/link_trials.py",
    "telephony/moving.py",
    "telephony/network.py",
    "telephony/told_link.py",
    "templates",
    "protocols/ami",
    "protocols/csta",
    "protocols/ldap",
    "protocols/vcard.py",
    "register.py",
    "errors.py",
    "storage/key_ring.py",
    "storage/secrets.py",
)
ERRORS = {
    *("ConnectorError", "Unreachable", "Refused", "SignInRefused", "Misconfigured", "NoPhoto"),
    *("NotAsked", "Unanswered"),
}
ERRORS |= {"RecipientRefused", "NotATrace", "SmsRefused", "OutcomeUnknown"}
FORMS = {"WrongValue"}
"Of which the field comes first."
OTHERS = {"NoFilter", "NotInstalled", "SecretLost"}
SENTENCES = {"sentence", "Sentence", *OTHERS, *ERRORS, *FORMS}
CHOSEN = {"kind", "_kind", "wrong", "type"}
"Calls whose callee is an error that was chosen before: `kind(...)`, `_kind(number)(...)`."
OURS = {"retry_after", "later"}
"Arguments that fill no place."
PLACE = re.compile(r"\{(\w+)\}")


def said() -> Iterator[tuple[str, ast.Call]]:
    """Where, and the call that makes the sentence."""
    for name, tree in sources():
        room = name.removeprefix("tws/")
        if not room.startswith(ROOMS) and room not in (
            "replaying.py",
            "source_reader.py",
            "web/api/admin/mails.py",
            "access/resets.py",
        ):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _makes_one(node.func):
                yield f"{name}:{node.lineno}", node


def _makes_one(function: ast.expr) -> bool:
    if isinstance(function, ast.Call):  # the error is chosen there
        return isinstance(function.func, ast.Name) and function.func.id in CHOSEN
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in SENTENCES or name == "kind"


def made_of(call: ast.Call) -> ast.expr:
    """The template."""
    behind = getattr(call.func, "id", "") in FORMS
    return call.args[1 if behind else 0]


FILES = {
    "access": ("access",),
    "alerter": ("alerter",),
    "cellar": ("errors.py", "net", "protocols", "register.py", "sources", "storage"),
    "connectors": ("connectors", "source_reader.py"),
    "directory": ("directory",),
    "imports": ("imports",),
    "incidents": ("incidents",),
    "journal": ("journal",),
    "links": ("links", "telephony"),
    "mail": ("mail", "web/api/admin/mails.py"),
    "maintenance": ("maintenance", "replaying.py"),
    "messaging": ("messaging",),
    "numbering": ("numbering",),
    "organisation": ("organisation",),
    "presence": ("presence",),
    "push": ("push",),
    "queues": ("queues",),
    "templates": ("templates",),
}
"In `sentences/`: of which rooms each has the French."


def templates() -> Iterator[tuple[str, str]]:
    for where, call in said():
        first = made_of(call)
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
            yield where, first.value
    for reason in Reason:
        yield f"{reason}", reason.words
    for each in DEFINITIONS:
        yield each.name, each.help


def sentences_of(path: Path, name: str = "sentences") -> dict[str, str]:
    node = which("node", path=Path(sys.executable).parent)  # the one that builds the pages
    if node is None:
        pytest.skip("peer node is missing: the pages are built elsewhere")
    script = f"import {{ {name} }} from {json.dumps(path.as_uri())};\n"
    script += f"console.log(JSON.stringify({name}));"
    command = [node, "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def french() -> dict[str, str]:
    return sentences_of(FRENCH)


def test_a_sentence_is_written_out_where_it_is_made() -> None:
    """Words put together at once would have no template to be found by."""
    for where, call in said():
        made = made_of(call)
        assert not isinstance(made, ast.JoinedStr | ast.BinOp | ast.FormattedValue), where
        if isinstance(made, ast.Call):  # `str(error)`, `"...".format(...)`: English alone
            name = getattr(made.func, "id", getattr(made.func, "attr", ""))
            assert name not in ("str", "format", "join"), where


def test_each_place_of_a_sentence_is_filled() -> None:
    for where, call in said():
        first = made_of(call)
        if not isinstance(first, ast.Constant) or getattr(call.func, "id", "") == "Sentence":
            continue
        given = {each.arg for each in call.keywords if each.arg} - OURS
        if getattr(call.func, "id", "") == "sentence" and not given:
            continue  # one of those that are recognised in the words of a library
        assert given == set(PLACE.findall(str(first.value))), where


def test_each_sentence_is_said_in_french(french: dict[str, str]) -> None:
    found = dict((template, where) for where, template in templates())
    assert len(found) > 200, "they are not looked for where they are"
    missing = {where: template for template, where in found.items() if template not in french}
    assert not missing, f"not in {FOLDER.name}/: {missing}"


def test_the_french_of_each_room_stands_in_its_own_file() -> None:
    kept = {path.name.removesuffix(".fr.ts"): path for path in FOLDER.glob("*.fr.ts")}
    assert kept.keys() == FILES.keys()
    said_in: dict[str, set[str]] = {}
    for where, template in templates():
        said_in.setdefault(template, set()).add(where.removeprefix("tws/"))
    said_in |= {reason.words: {"directory"} for reason in Reason}
    known: dict[str, str] = {}
    for name, path in kept.items():
        for template in sentences_of(path, name):
            rooms = said_in.get(template, set())
            assert any(room.startswith(FILES[name]) for room in rooms), (name, template)
            assert known.setdefault(template, name) == name, template


def test_the_french_has_the_same_parameters(french: dict[str, str]) -> None:
    for template, words in french.items():
        assert sorted(PLACE.findall(template)) == sorted(PLACE.findall(words)), template


def test_no_french_is_left_of_what_is_not_said_any_more(french: dict[str, str]) -> None:
    assert not french.keys() - {template for _, template in templates()}
