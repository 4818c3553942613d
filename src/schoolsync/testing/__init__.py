"""Kits for those who test with schoolsync: scripted flows, the provider contract, pytest fixtures."""
