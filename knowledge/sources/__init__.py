"""One reader per source of facts."""
