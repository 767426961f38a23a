"""Which programs buttons of the Alerter may be let start."""

import pytest

from tws.forms import WrongValue
from tws.organisation.parameters.programs import check, is_listed, listed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "C:\\Program Files\\CRM\\crm.exe",
        "c:/crm.exe|\\\\server\\share\\crm.exe | /usr/bin/crm",
    ],
)
def test_full_paths_are_taken(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        *("crm.exe", "CRM\\crm.exe", "~/crm", "C:crm.exe", "%ProgramFiles%\\crm.exe"),
        *("/usr/bin/../sbin/crm", "C:\\..\\crm.exe", "/usr/bin/", "C:\\a\nb.exe", "C:\\a*.exe"),
        *("C:\\Windows\\System32\\CMD.EXE", "/bin/sh", "C:\\x\\powershell.exe", "/usr/bin/env"),
        *("C:\\a.bat", "C:\\a.CMD", "/usr/bin/crm|sh"),
    ],
)
def test_no_other_path_and_no_shell(text: str) -> None:
    with pytest.raises(WrongValue):
        check(text)


def test_what_is_listed_is_so_in_each_spelling() -> None:
    known = listed("C:\\CRM\\Crm.exe| /usr/bin/crm |/usr/bin/crm")
    assert known == ("C:\\CRM\\Crm.exe", "/usr/bin/crm")
    assert is_listed("c:/crm/crm.EXE", known) and is_listed("/usr/bin/crm", known)
    assert not is_listed("/usr/bin/CRM", known) and not is_listed("crm", known)
