"""PRONOTE (France): the encrypted protocol of the web client, 2020 to 2026."""
