"""Fault drills: what happens to calls, screens and the journal when a part of the system dies.

Real processes on this machine: `tws serve`, simulated PBXs, PostgreSQL, pages that stay open. A
drill does one fault to them and says how long it took, what was lost, and what people saw.
"""
