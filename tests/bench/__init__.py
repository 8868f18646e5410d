"""Benchmarks: no tests, but figures and ratios of one run."""
