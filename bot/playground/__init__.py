"""A Discord-compatible server on loopback, for tests and for trying the bot without a token."""

from bot.playground.admission import GatewaySettings
from bot.playground.crowd import Crowd
from bot.playground.intents import Intent
from bot.playground.invoking import NotPossibleError
from bot.playground.people import Person
from bot.playground.permissions import Permission
from bot.playground.reply import Reply
from bot.playground.scripts import Drop, Failure, Hold, RateLimited
from bot.playground.server import Playground
from bot.playground.state import Channel, Choice, Guild, Message, Modal
from bot.playground.transcript import render_payload

__all__ = [
    "Channel",
    "Choice",
    "Crowd",
    "Drop",
    "Failure",
    "GatewaySettings",
    "Guild",
    "Hold",
    "Intent",
    "Message",
    "Modal",
    "NotPossibleError",
    "Permission",
    "Person",
    "Playground",
    "RateLimited",
    "Reply",
    "render_payload",
]
