"""Fits what speaks for a concept question to texts that ask one, and to texts that do not."""
