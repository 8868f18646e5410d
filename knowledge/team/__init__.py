"""What teams leave with us: votes on answers, watched channels, settings. Not what they ask."""
