"""What /metrics tells of the rooms: read from what they count in memory anyway, but for a few
figures that are asked for at each reading.

Labels are few: links and directories by their ids (their names are values of `..._info`), events,
jobs and outcomes by the names that the code gives them. No user, no number, no address.
"""

from tws.measures.measured import Measured, Measures

__all__ = ["Measured", "Measures"]
