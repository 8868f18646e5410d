"""Commands that show, reach, open, close and free a port, for each operating system.

All are pure functions of a port number, a transport protocol (None where none was named) and an
operating system. Every line is a whole command, and every phrase beside it comes from `phrases`.
"""

from knowledge.commands.check import check_commands
from knowledge.commands.firewall import close_commands, open_commands
from knowledge.commands.phrases import Caption, Caution
from knowledge.commands.reach import reach_commands
from knowledge.commands.rule import Direction

__all__ = [
    "Caption",
    "Caution",
    "Direction",
    "check_commands",
    "close_commands",
    "open_commands",
    "reach_commands",
]
