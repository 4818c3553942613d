"""`python -m schoolsync` is `schoolsync`."""

from __future__ import annotations

from schoolsync.cli.main import run

if __name__ == "__main__":
    run()
