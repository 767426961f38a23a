"""A call that never was, for whoever writes a template."""

from collections.abc import Iterable, Mapping

from tws.alerter.model import Caller
from tws.alerter.tokens import fold
from tws.directory.showing import NOT_VIP

SAMPLE: Mapping[str, str] = {
    "Lastname": "Martin",
    "Firstname": "Paul",
    "DisplayName": "Paul Martin",
    "CompanyName": "SSDEI",
    "Picture": "/favicon.svg",
    "AssistantPhone": "01 55 17 18 80",
    "StandardPhone": "01 55 17 18 00",
    "WorkPhone": "01 55 17 18 89",
    "MobilePhone": "06 01 02 03 04",
    "HomePhone": "01 42 00 00 01",
    "Email1": "paul.martin@company.example",
    "Email2": "paul@home.example",
    "Url": "www.company.example",
    "PhoneNumber": "0155171889",
    "ServerName": "tws.company.example",
    "PersonGuid": "0193a5f0-0000-7000-8000-000000000001",
    "Contact2DisplayName": "Alice Dupont",
    "Contact2PhoneNumber": "4001",
    "VIP": "",
    "Custom0": "C-1024",
    "MyFirstname": "Marie",
    "MyLastname": "Durand",
    "MyUsername": "marie",
    "MyCompany": "Company",
    "MyDevice": "4092",
    "MyGsmPhone": "06 05 06 07 08",
    "MyEmail": "marie.durand@company.example",
    "MyExternalKey": "E-77",
    "MyCustom0": "",
    "MyCustom1": "",
}


def sample(given: Mapping[str, str], directories: Iterable[str]) -> Caller:
    values = {fold(name): text for name, text in {**SAMPLE, **given}.items()}
    return Caller(
        values=values,
        directories=frozenset(map(fold, directories)),
        vip=values[fold("VIP")].strip().lower() not in NOT_VIP,
    )
