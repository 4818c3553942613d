"""From the collège's papers to the server's words: one file for each kind of page."""
