"""The PBX itself: calls, where they go, phones, lines, queues, voice mail. No I/O, no clock, and
nothing of CSTA's messages.
"""
