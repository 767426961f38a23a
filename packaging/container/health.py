"""Whether the server of this container answers, by http or https as it is set up: HEALTHCHECK."""

import os
import ssl
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

encrypted = "s" if os.environ.get("TWS_TLS_CERTIFICATE") else ""
port = os.environ.get("TWS_PORT") or "8080"
# A server that was given names answers to those alone.
name = os.environ.get("TWS_HOSTS", "").split(",")[0].strip() or "localhost"
asked = Request(
    f"http{encrypted}://127.0.0.1:{port}/api/v1/health", headers={"Host": name}
)
# The certificate is for the name by which people come.
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
build_opener(ProxyHandler({}), HTTPSHandler(context=context)).open(asked, timeout=3).close()
