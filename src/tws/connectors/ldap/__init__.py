"""LDAP servers, whatever their product: settings, one reading, attributes, refusals."""
