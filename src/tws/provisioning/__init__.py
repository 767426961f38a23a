"""Identity providers make and change our users and groups, by SCIM 2.0.

A connection touches whom it brought, and nobody else, but where an administrator lets it take over
those of its domain whom nobody else brought.
"""
