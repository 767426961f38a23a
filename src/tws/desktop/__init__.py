"""`tws helper`: the helper of a user's desk (9.1.8, 9.2.1), a client of a server that runs.

It runs on the user's own computer, where no TWS is installed: this folder needs Python alone (and
python-xlib, for keys under X11), and imports nothing else of TWS. The server gives it out as one
file, `tws-helper.pyz`.
"""
