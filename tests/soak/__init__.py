"""Thousands of mixed interactions with the real bot, each of which must be answered once."""
