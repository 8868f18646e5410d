"""What people can do with the bot on Discord, one feature a module."""
