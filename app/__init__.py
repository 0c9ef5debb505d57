"""Mingjian (明鉴): on-premise visual inspection."""

__version__ = "0.1.0"
