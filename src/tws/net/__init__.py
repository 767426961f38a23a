"""Carriers: the only modules that open sockets for engines. They carry bytes and know nothing of
telephony.
"""
