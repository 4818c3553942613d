"""The French collège of the invented town, written down in the neutral model."""
