"""SCIM 2.0 (RFC 7643, RFC 7644): filters, paths, changes and the shape of resources, as plain
values. Pure: whose resources they are is not known here.
"""
