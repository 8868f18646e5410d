"""Routes for channels and their messages."""

from bot.playground import payloads
from bot.playground.delivery import Delivery, as_seen
from bot.playground.errors import (
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    ApiError,
    cannot_message_user,
    invalid_form,
    missing_access,
    missing_permissions,
    unknown,
)
from bot.playground.intents import Intent
from bot.playground.permissions import Permission
from bot.playground.posting import Draft, Envelope, compose, revise
from bot.playground.problems import Problem
from bot.playground.rest import Call, Route
from bot.playground.state import Channel, ChannelKind, Message, MessageKind, Payload
from bot.playground.world import World

NONCE_SECONDS = 300.0  # Discord says "a few minutes"
HISTORY = 100  # messages at most in one answer


class ChannelRoutes:
    """What a bot does in channels."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world = world
        self._delivery = delivery
        self._nonces: dict[tuple[int, str], Message] = {}

    def routes(self) -> list[Route]:
        """Return all operations."""
        messages = "/channels/{channel_id}/messages"
        one = messages + "/{message_id}"
        reaction = one + "/reactions/{emoji_name}/@me"
        return [
            Route("GET", "/channels/{channel_id}", self.channel),
            Route("POST", "/channels/{channel_id}/typing", self.typing),
            Route("GET", messages, self.history),
            Route("POST", messages, self.create),
            Route("GET", one, self.read),
            Route("PATCH", one, self.edit),
            Route("DELETE", one, self.delete),
            Route("POST", messages + "/bulk-delete", self.delete_many),
            Route("PUT", reaction, self.react),
            Route("DELETE", reaction, self.unreact),
            Route("POST", "/users/@me/channels", self.open_direct),
        ]

    async def channel(self, call: Call) -> Payload:
        """Get Channel."""
        return payloads.channel(self._channel(call))

    async def typing(self, call: Call) -> None:
        """Trigger Typing Indicator."""
        self._channel(call, Permission.SEND_MESSAGES)

    async def open_direct(self, call: Call) -> Payload:
        """Create DM."""
        user = self._world.users.get(int(call.form.get("recipient_id") or 0))
        if user is None or user is self._world.bot:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        return payloads.channel(self._world.direct_channel(user))

    async def history(self, call: Call) -> list[Payload]:
        """Get Channel Messages, newest first."""
        channel = self._channel(call, Permission.READ_MESSAGE_HISTORY)
        limit = max(1, min(int(call.query.get("limit", 50)), HISTORY))
        found = sorted(channel.messages.values(), key=lambda each: -each.id)
        if "around" in call.query:
            middle = int(call.query["around"])
            near = sorted(found, key=lambda each: abs(each.id - middle))[:limit]
            found = [each for each in found if each in near]
        elif "after" in call.query:
            found = [each for each in found if each.id > int(call.query["after"])][-limit:]
        elif "before" in call.query:
            found = [each for each in found if each.id < int(call.query["before"])]
        return [self._seen(each) for each in found[:limit]]

    async def read(self, call: Call) -> Payload:
        """Get Channel Message."""
        channel = self._channel(call, Permission.READ_MESSAGE_HISTORY)
        return self._seen(self._message(call, channel))

    async def create(self, call: Call) -> Payload:
        """Create Message; with `enforce_nonce` a repetition answers with the first one."""
        channel, body = self._channel(call, Permission.SEND_MESSAGES), call.form
        if call.uploads and not self._may(channel, Permission.ATTACH_FILES):
            raise missing_permissions()
        known = self._with_nonce(channel, body)
        if known is not None:
            return payloads.message(known)
        reference = self._reference(channel, body.get("message_reference"))
        envelope = Envelope(
            channel,
            self._world.bot,
            kind=MessageKind.DEFAULT if reference is None else MessageKind.REPLY,
            reference=reference,
        )
        message = compose(self._world, envelope, Draft(body, call.uploads))
        self._world.remember(message)
        if body.get("nonce") is not None:
            self._nonces[channel.id, str(body["nonce"])] = message
        _answer(channel, message)
        await self._delivery.message_created(message)
        return payloads.message(message)

    async def edit(self, call: Call) -> Payload:
        """Edit Message."""
        message = self._message(call, self._channel(call))
        if message.author is not self._world.bot:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        revise(self._world, message, Draft(call.form, call.uploads))
        await self._delivery.message_edited(message)
        return payloads.message(message)

    async def delete(self, call: Call) -> None:
        """Delete Message."""
        channel = self._channel(call)
        message = self._message(call, channel)
        own = message.author is self._world.bot
        if not own and not self._may(channel, Permission.MANAGE_MESSAGES):
            raise missing_permissions()
        await self._remove(message)

    async def delete_many(self, call: Call) -> None:
        """Bulk Delete Messages."""
        channel = self._channel(call, Permission.MANAGE_MESSAGES)
        for number in call.form.get("messages") or []:
            message = channel.messages.get(int(number))
            if message is not None:
                await self._remove(message)

    async def react(self, call: Call) -> None:
        """Create Reaction."""
        channel = self._channel(call, Permission.ADD_REACTIONS)
        message, emoji = self._message(call, channel), call.words["emoji_name"]
        who = message.reactions.setdefault(emoji, [])
        if self._world.bot.id not in who:
            who.append(self._world.bot.id)
            message.changed.set()
            await self._delivery.reaction(message, self._world.bot, emoji, added=True)

    async def unreact(self, call: Call) -> None:
        """Delete Own Reaction."""
        message, emoji = self._message(call, self._channel(call)), call.words["emoji_name"]
        who = message.reactions.get(emoji, [])
        if self._world.bot.id in who:
            who.remove(self._world.bot.id)
            if not who:
                del message.reactions[emoji]
            await self._delivery.reaction(message, self._world.bot, emoji, added=False)

    async def _remove(self, message: Message) -> None:
        message.deleted = True
        message.changed.set()
        message.channel.messages.pop(message.id, None)
        await self._delivery.message_deleted(message)

    def _seen(self, message: Message) -> Payload:
        granted = Intent.MESSAGE_CONTENT in self._world.granted
        return as_seen(message, self._world.bot, content=granted)

    def _may(self, channel: Channel, permission: Permission) -> bool:
        return permission in channel.permissions_of(self._world.bot)

    def _channel(self, call: Call, *needed: Permission) -> Channel:
        channel = self._world.channels.get(call.id("channel_id"))
        if channel is None:
            raise unknown("Channel", UNKNOWN_CHANNEL)
        if not self._delivery.sees(channel) or channel.kind is ChannelKind.GROUP:
            raise missing_access()
        if not all(self._may(channel, each) for each in needed):
            private = channel.kind is ChannelKind.DIRECT
            raise cannot_message_user() if private else missing_permissions()
        return channel

    def _message(self, call: Call, channel: Channel) -> Message:
        message = channel.messages.get(call.id("message_id"))
        if message is None:
            raise unknown("Message", UNKNOWN_MESSAGE)
        return message

    def _with_nonce(self, channel: Channel, body: Payload) -> Message | None:
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        message = self._nonces.get((channel.id, str(body["nonce"])))
        now = self._world.clock.now()
        if message is None or now - message.created.timestamp() > NONCE_SECONDS:
            return None
        return message

    def _reference(self, channel: Channel, reference: Payload | None) -> Message | None:
        """Return the message that a new one answers.

        Raises:
            ApiError: it is not there, and the request did not say that this does not matter.
        """
        if reference is None:
            return None
        if not self._may(channel, Permission.READ_MESSAGE_HISTORY):
            raise ApiError(403, 160002, "Cannot reply without permission to read message history")
        message = channel.messages.get(int(reference.get("message_id") or 0))
        if message is None and reference.get("fail_if_not_exists", True):
            problem = Problem(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            raise invalid_form([problem], fault=None)
        return message


def _answer(channel: Channel, message: Message) -> None:
    """Note which message of a person a message of the bot answers.

    That is the one it replies to, else the oldest in the channel that nothing has answered.
    """
    asked = message.reference
    if asked is None and channel.unanswered:
        asked = next(iter(channel.unanswered.values()))
    if asked is not None:
        asked.answers.append(message)
        asked.answered.set()
        channel.unanswered.pop(asked.id, None)
