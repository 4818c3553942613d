"""What users call. `_async` is written; `_sync` is generated from it and never edited."""
