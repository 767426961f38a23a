"""Carriers: the only modules that open sockets for engines, and start processes beside the event
loop. They carry bytes and know nothing of telephony.
"""
