"""The server's words: what ClassCharts sends, one file per subject."""
