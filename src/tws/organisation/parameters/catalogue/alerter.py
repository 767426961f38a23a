"""TWS Alerter: the screen pop (9.2.1)."""

from functools import partial

from tws.organisation.parameters import checking, programs
from tws.organisation.parameters.parameter import Parameter, Unit, ValueKind

APPLICATION = "TWS Alerter"

ALERTER_WIDTH = "AlerterWidth"
ALERTER_HEIGHT = "AlerterHeight"
ALERTER_MODE = "AlerterMode"
ALERTER_XML = "AlerterXml"
ALERTER_URL = "AlerterUrl"
ALERTER_PROGRAMS = "AlerterPrograms"

_of = partial(Parameter, application=APPLICATION)
_pixels = partial(_of, kind=ValueKind.NUMBER, least=100, most=10_000, unit=Unit.PIXELS)

PARAMETERS = (
    _pixels(name=ALERTER_WIDTH, default=400, help="How wide the Alerter's window is."),
    _pixels(name=ALERTER_HEIGHT, default=300, help="How high the Alerter's window is."),
    _of(
        name=ALERTER_MODE,
        kind=ValueKind.CHOICE,
        default="XML",
        choices=("XML", "URL"),
        help="What the Alerter shows under its call buttons: a card made of an XML file, or a"
        " page of the web.",
    ),
    _of(
        name=ALERTER_XML,
        kind=ValueKind.FILE,
        default="",
        check=checking.xml_file,
        help="The XML file, among the company's files, of which the card is made in mode XML;"
        " empty: TWS's own card.",
    ),
    _of(
        name=ALERTER_URL,
        kind=ValueKind.TEXT,
        default="",
        check=checking.web_page,
        help="The page that is shown in mode URL. Fields of the caller may stand in it, as"
        " [-DisplayName-].",
    ),
    _of(
        name=ALERTER_PROGRAMS,
        kind=ValueKind.TEXT,
        default="",
        check=programs.check,
        help="The programs that buttons of the card may start on the user's computer, by the"
        " helper of the desk: full paths, with | between them. Empty: none.",
    ),
)
