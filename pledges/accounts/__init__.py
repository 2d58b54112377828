"""Accounts: who signs in, and the posts they hold."""
