"""Commands that show, reach, open, close and free a port, for each operating system.

All are pure functions of a port number, a transport protocol (None where none was named) and an
operating system. Every line is a whole command, and every phrase beside it comes from `phrases`.
"""

from knowledge.commands.check import check_commands
from knowledge.commands.containers import cloud_advice, container_commands
from knowledge.commands.firewall import close_commands, open_commands
from knowledge.commands.phrases import Caption, Caution
from knowledge.commands.question import PLAIN, Wish, for_question
from knowledge.commands.reach import reach_commands
from knowledge.commands.rule import Direction
from knowledge.commands.stop import stop_commands

__all__ = [
    "PLAIN",
    "Caption",
    "Caution",
    "Direction",
    "Wish",
    "check_commands",
    "close_commands",
    "cloud_advice",
    "container_commands",
    "for_question",
    "open_commands",
    "reach_commands",
    "stop_commands",
]
