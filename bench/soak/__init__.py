"""A day's work at full size, for a while: `python -m bench.soak` (`make soak`).

Many PBXs, telephones, people and pages, in processes of their own; every few seconds it is looked
at what the servers hold and how late the pages hear, and at the end whether anything grew and
whether every leg of every call stands in the journal once. `bench.soak.curve` goes up step by step
until a server can no more.
"""
