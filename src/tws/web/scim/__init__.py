"""SCIM 2.0 (RFC 7644) for identity providers: an address of its own, with its own errors and its
own words of description, beside the API.
"""
