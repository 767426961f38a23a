"""Tells browsers of calls while their page is closed or hidden (W3C Push API; RFC 8030, 8291,
8292).

Each browser that wants it has a subscription, which belongs to its session and goes with it.
"""
