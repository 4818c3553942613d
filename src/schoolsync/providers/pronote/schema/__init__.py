"""The server's words: one file for each kind of page, fields named after what they mean."""
