"""The screen pop: what is drawn for whom while a call comes in (9.2.1)."""
