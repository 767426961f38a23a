"""A PBX of our own with phones, lines, a queue and voice mail: a process of its own, spoken to
over TCP only.
"""
