"""What each function of the server does: one file for each kind of page."""
