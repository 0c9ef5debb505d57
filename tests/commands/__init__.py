"""The command line, through the real main and the real process."""
