"""Numbered steps from every released database to today's; run when a database is opened."""
