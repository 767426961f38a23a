"""What msgspec raises of bytes that are none of what was expected, whoever sent them.

Beside its own error: bytes of a text that are no UTF-8 raise as Python's decoder does, and values
nested by the thousand as the interpreter does.
"""

import msgspec

UNDECODABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
