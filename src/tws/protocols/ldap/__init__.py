"""A client of LDAP (RFC 4511) that binds and searches: requests, filters, answers as they come."""
