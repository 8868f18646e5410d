"""Whether another host answers on a port: the wish, and its answer."""

import re
from dataclasses import replace
from gettext import NullTranslations

from knowledge.base import KnowledgeBase
from knowledge.commands.check import check_commands
from knowledge.commands.reach import PLACE, is_host, reach_commands
from knowledge.model import MAX_PORT, Answer, Intent, Port, Protocol, Question, System
from knowledge.phrasebook import ENGLISH, _
from knowledge.resolve import resolve
from knowledge.sentences import beginning
from knowledge.text import clean

COMMAND = "/check"
HOST_LENGTH = 253  # characters of a host name (RFC 1035)
CONFIDENCE = 1.0  # of a wish that was made as a command
_WRITTEN = re.compile(
    r"/check (?P<number>\d{1,5})(?:/(?P<protocol>tcp|udp|sctp|dccp))? host:(?P<host>\S{1,253})",
    re.ASCII | re.IGNORECASE,
)

__all__ = ["COMMAND", "HOST_LENGTH", "answer", "is_host", "question_of", "read", "written"]


def written(port: Port, host: str) -> str:
    """Return a wish as the command that makes it; `read` reads it back."""
    return f"{COMMAND} {port} host:{host}"


def read(text: str) -> tuple[Port, str] | None:
    """Return the port and the host of a text that is written so; None for another."""
    found = _WRITTEN.fullmatch(" ".join(clean(text).split()))
    if found is None or int(found["number"]) > MAX_PORT or not is_host(found["host"]):
        return None
    protocol = Protocol(found["protocol"].lower()) if found["protocol"] else None
    return Port(int(found["number"]), protocol), found["host"]


def question_of(port: Port, host: str, language: str, system: System | None = None) -> Question:
    """Return the question whether a host answers on a port."""
    return Question(
        text=written(port, host),
        intent=Intent.CHECK,
        ports=(port.number,),
        host=host,
        protocol=port.protocol,
        system=system,
        language=language,
        evidence=CONFIDENCE,
    )


def answer(
    question: Question,
    base: KnowledgeBase,
    phrases: NullTranslations = ENGLISH,
    *,
    here: bool = False,
) -> Answer:
    """Return how to find out whether `question.host` answers on the port.

    Args:
        question: its first port is meant.
        base: where the facts are.
        phrases: the catalogue to answer from.
        here: tell also what listens on this machine, which may be the host.
    """
    about = resolve(replace(question, intent=Intent.ABOUT), base, phrases)
    number, host = question.ports[0], question.host
    lead = phrases.gettext(
        _("Whether {host} answers on port {port}, the commands below show. I do not call it.")
    ).format(host=host, port=number)
    protocol = question.protocol
    lines = {
        system: (
            *reach_commands(number, protocol, system, host or PLACE),
            *(check_commands(number, protocol, system) if here else ()),
        )
        for system in System
    }
    return replace(
        about,
        question=question,
        intent=Intent.CHECK,
        summary=beginning(f"{lead} {about.summary}"),
        commands={system: commands for system, commands in lines.items() if commands},
    )
