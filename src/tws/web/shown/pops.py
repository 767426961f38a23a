"""What the Alerter shows of a call."""

from typing import Annotated

import msgspec

from tws.alerter.model import AlerterMode, Drawn, Pop
from tws.web.shown.values import Value


class PopElementValue(Value):
    """A text, an image or a button at its place."""

    kind: Annotated[str, msgspec.Meta(description="`text`, `image` or `button`.")]
    x: Annotated[int, msgspec.Meta(description="Pixels from the left.")]
    y: Annotated[int, msgspec.Meta(description="Pixels from the top.")]
    text: Annotated[str, msgspec.Meta(description="Of a button its label.")]
    address: Annotated[
        str,
        msgspec.Meta(description="Of an image, or what a button opens; empty = nothing."),
    ]
    command: Annotated[
        list[str],
        msgspec.Meta(description="What a button runs: the program, and each of its arguments."),
    ]


class PopValue(Value):
    """The screen pop of an incoming call."""

    connection: Annotated[str, msgspec.Meta(description="The leg.")]
    mode: AlerterMode
    width: Annotated[int, msgspec.Meta(description="Pixels.")]
    height: Annotated[int, msgspec.Meta(description="Pixels.")]
    vip: Annotated[
        bool, msgspec.Meta(description="The background has the colour that the user chose.")
    ]
    elements: Annotated[list[PopElementValue], msgspec.Meta(description="In mode `XML`.")]
    address: Annotated[
        str | None,
        msgspec.Meta(description="The page of mode `URL`; null until the caller is looked up."),
    ]
    settled: Annotated[
        bool, msgspec.Meta(description="The caller has been looked up, whoever it is.")
    ]
    mistaken: Annotated[
        bool,
        msgspec.Meta(description="The template is missing or has mistakes: TWS's own is drawn."),
    ]


def pop(connection: str, shown: Pop) -> PopValue:
    return PopValue(
        connection=connection,
        mode=shown.mode,
        width=shown.width,
        height=shown.height,
        vip=shown.vip,
        elements=[_element(one) for one in shown.elements],
        address=shown.address or None,
        settled=shown.settled,
        mistaken=shown.mistaken,
    )


def _element(one: Drawn) -> PopElementValue:
    return PopElementValue(
        kind=one.kind,
        x=one.x,
        y=one.y,
        text=one.text,
        address=one.address,
        command=list(one.command),
    )
