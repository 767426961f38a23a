"""The helpers of users' desks: programs on their computers, for what a page cannot do
(9.1.8, 9.2.1).

A helper (`tws helper`) is connected to the live stream with a key of its user. It starts the
programs that buttons of the Alerter name, calls by keys that it holds whatever window is in front,
and shows calls as notifications of the computer.
"""
