"""Chat with people outside by XMPP (RFC 6120, RFC 6121), with slixmpp: one connection for each
account."""
