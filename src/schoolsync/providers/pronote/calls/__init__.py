"""One flow for each function of the server: its name, its tab, what it is given and what it answers."""
