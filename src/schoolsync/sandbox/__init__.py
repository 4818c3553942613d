"""A school that does not exist, and the servers of both platforms in front of it.

Everybody in it is invented. It knows the neutral model and nothing of the
providers' code, so that the two check each other.
"""
