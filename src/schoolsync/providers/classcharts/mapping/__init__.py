"""From the server's words to ours: pure functions, one file per subject.

A `to_…s` function turns a listing into `Mapped` records: a row that makes no
sense becomes an issue beside the others.
"""
