"""The same of the operations of the Alerter's templates."""

from collections.abc import Mapping

from tests.web.asking import Ask, asking, sending

OF_ALERTER: Mapping[str, list[Ask]] = {
    "listAlerterTemplates": [asking(company="their company")],
    "putAlerterTemplate": [
        Ask(query={"company": "their company", "name": "a.xml"}, body={"text": "<alerter/>"})
    ],
    "getAlerterTemplate": [asking(company="their company", name="a.xml")],
    "listAlerterTokens": [asking(company="their company")],
    "tryAlerterTemplate": [sending(company="their company", text="<alerter/>")],
}
