"""Claims about ports: found in prose, and held against what is known."""
