"""A text message and its row."""

from typing import Any

import msgspec
from sqlalchemy import RowMapping

from tws.messaging.sms.model import Sms, SmsState
from tws.sentences import Sentence


def sms_of(row: RowMapping) -> Sms:
    reason = msgspec.convert(row["reason"], Sentence)
    return Sms(**{**row, "state": SmsState(row["state"]), "reason": reason})


def row_of(one: Sms) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Sms.__struct_fields__} | {
        "state": one.state.value,
        "reason": msgspec.to_builtins(one.reason),
    }
