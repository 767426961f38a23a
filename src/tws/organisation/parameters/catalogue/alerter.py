"""TWS Alerter: the screen pop (9.2.1)."""

from functools import partial

from tws.organisation.parameters import checking
from tws.organisation.parameters.parameter import Parameter, Unit, ValueKind

APPLICATION = "TWS Alerter"

_of = partial(Parameter, application=APPLICATION, served=False)
_pixels = partial(_of, kind=ValueKind.NUMBER, least=100, most=10_000, unit=Unit.PIXELS)

PARAMETERS = (
    _pixels(name="AlerterWidth", default=400, help="How wide the Alerter's window is."),
    _pixels(name="AlerterHeight", default=300, help="How high the Alerter's window is."),
    _of(
        name="AlerterMode",
        kind=ValueKind.CHOICE,
        default="XML",
        choices=("XML", "URL"),
        help="What the Alerter shows under its call buttons: a card made of an XML file, or a"
        " page of the web.",
    ),
    _of(
        name="AlerterXml",
        kind=ValueKind.TEXT,
        default="",
        check=checking.xml_file,
        help="The XML file of which the card is made, in mode XML.",
    ),
    _of(
        name="AlerterUrl",
        kind=ValueKind.TEXT,
        default="",
        check=checking.web_page,
        help="The page that is shown in mode URL. Fields of the caller may stand in it, as"
        " [-DisplayName-].",
    ),
)
