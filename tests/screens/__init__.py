"""docs/cards.md: what people see on Discord, made by the real bot on a playground."""
