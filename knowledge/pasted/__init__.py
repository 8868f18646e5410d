"""Readers of pasted command output and configuration, one module for each kind."""
