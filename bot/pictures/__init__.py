"""Facts about ports become pictures: PNG bytes, and alt text that says the same in words. Pure."""
