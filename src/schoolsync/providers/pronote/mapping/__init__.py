"""From the server's words to ours: one file for each kind of record."""
