"""The awaited clients: signatures and docstrings. Nothing clever lives here."""
