"""The command line: `schoolsync`, or `python -m schoolsync`. Needs the extra `cli` (typer and rich)."""
