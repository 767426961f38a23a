"""Synchronisation: a source is read to its end beside the server, then merged in short steps.

Nothing of the directory changes before the source has been read to its end. What was read lies in
a file of the state folder, so that memory does not grow with the source and a restart goes on.
"""
