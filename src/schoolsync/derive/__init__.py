"""From model to model: what follows from records, whichever school they come from."""
