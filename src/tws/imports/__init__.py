"""Other people's users become ours: read beside the server, planned as a whole, then brought in
short steps. Nobody is touched whom another import brought, or who was made by hand, but for one of
the same user name, who is taken over.
"""
