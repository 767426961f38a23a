"""TWS, an enterprise telephony gateway: one place to call from, beside any PBX."""

__version__ = "0.1.0"
