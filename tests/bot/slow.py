"""A bot that takes its time."""

import asyncio

from typing_extensions import override

from bot.asking import Asking
from bot.client import Portolan
from bot.connection import Connection
from knowledge.base import KnowledgeBase
from knowledge.model import Answer


class Slow(Portolan):
    """Answers when it is told to, and is acknowledged at once."""

    def __init__(self, base: KnowledgeBase, connection: Connection) -> None:
        super().__init__(base, connection, budget_seconds=0)
        self.asked = asyncio.Event()
        self.may_answer = asyncio.Event()

    @override
    async def answer(self, text: str, asking: Asking) -> Answer:
        self.asked.set()
        await self.may_answer.wait()
        return await super().answer(text, asking)
