"""The values that travel from a question to its answer.

Terms are those of RFC 6335: System, User and Dynamic Ports; assigned, reserved and unassigned
port numbers; service name; transport protocol; assignee.
"""

from knowledge.model.answers import Alternative, Answer, Command, Lazy, Point, PointKind
from knowledge.model.facts import (
    Assigned,
    Assignment,
    Dynamic,
    EphemeralRange,
    Reserved,
    Risk,
    RiskKind,
    Source,
    Status,
    Unassigned,
    Use,
    status_word,
)
from knowledge.model.known import PortFacts
from knowledge.model.ports import (
    MAX_PORT,
    SYSTEM_LAST,
    USER_LAST,
    Port,
    PortRange,
    Protocol,
    System,
    check_number,
    range_of,
)
from knowledge.model.questions import Intent, Question
from knowledge.model.writings import Article, Faq, QuestionAndAnswer, Section

__all__ = [
    "MAX_PORT",
    "SYSTEM_LAST",
    "USER_LAST",
    "Alternative",
    "Answer",
    "Article",
    "Assigned",
    "Assignment",
    "Command",
    "Dynamic",
    "EphemeralRange",
    "Faq",
    "Intent",
    "Lazy",
    "Point",
    "PointKind",
    "Port",
    "PortFacts",
    "PortRange",
    "Protocol",
    "Question",
    "QuestionAndAnswer",
    "Reserved",
    "Risk",
    "RiskKind",
    "Section",
    "Source",
    "Status",
    "System",
    "Unassigned",
    "Use",
    "check_number",
    "range_of",
    "status_word",
]
