"""The document counter: picture, form, and the round from capture to record."""
