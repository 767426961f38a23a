"""What TWS costs: `python -m bench` measures it here, each figure beside its bare limit.

Real processes over real sockets. The bare limit is the least that the same work can cost in
Python, measured in the same run, so that a slow or busy machine slows both.
"""
