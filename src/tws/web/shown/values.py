"""What is shown, on the live stream and in answers alike.

These types are what is encoded and what `/api/openapi.json` describes: there is no second list.
Each stands beside what makes it, one file for each thing that is shown.
"""

import msgspec


class Value(msgspec.Struct, rename="camel"):
    """Something shown on a page; times are UTC."""
