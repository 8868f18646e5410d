"""The checks of the shipped facts, one kind of file each; knowledge/check.py runs them."""
