"""The command line: every other file here is one command, named as it is typed.

Its docstring begins ``mingjian NAME …``: and one line that says what it does. It offers
``add_arguments(parser)`` and ``run(arguments)``, which returns the exit status. What is slow to
import is imported in ``run``.
"""
