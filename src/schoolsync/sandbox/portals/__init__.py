"""School portals that do not exist, under the names of those that do: one fake for each family of them.

They show the pages that are publicly known of the real ones, with invented people behind them, so that
clients can walk through without touching anybody's server. `town` puts them together: portals,
EduConnect, the schools behind them, and the directory of schools.
"""
