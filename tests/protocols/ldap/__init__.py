"""LDAP: what we write against what ldap3 writes, and the other way round."""
