"""Train, prune, export, evaluate and pack a detector; lives in an environment of its own.

Files that import paddle at the top are imported inside functions only.
"""
