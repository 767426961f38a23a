"""Clients of servers that speak plain HTTP."""

import ssl

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For `httpx.AsyncClient(verify=PLAIN)`: trusts nobody, and need not read the certificate of every
authority in the world first, which takes longer than most tests."""
