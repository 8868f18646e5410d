"""Routes that answer interactions: the first response, once and in time, and what follows it."""

from collections.abc import Awaitable, Callable
from enum import IntEnum
from time import perf_counter

from bot.playground import payloads
from bot.playground.delivery import Delivery
from bot.playground.errors import (
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    ApiError,
    already_acknowledged,
    invalid_form,
    too_many_followups,
    unknown,
)
from bot.playground.interactions import must_whisper
from bot.playground.limits import autocomplete_problems, modal_problems
from bot.playground.posting import Draft, Envelope, compose, revise
from bot.playground.problems import Problem
from bot.playground.rest import Call, Route
from bot.playground.state import (
    EPHEMERAL,
    LOADING,
    Choice,
    Interaction,
    InteractionKind,
    Message,
    MessageKind,
    Modal,
    Payload,
)
from bot.playground.world import World

TOKEN_SECONDS = 15 * 60
FOREIGN_FOLLOWUPS = 5


class Callback(IntEnum):
    """Discord's interaction callback types."""

    MESSAGE = 4
    DEFER_MESSAGE = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_MESSAGES = frozenset({Callback.MESSAGE, Callback.DEFER_MESSAGE})
_UPDATES = frozenset({Callback.DEFER_UPDATE, Callback.UPDATE})
_ALLOWED = {
    InteractionKind.COMMAND: _MESSAGES | {Callback.MODAL},
    InteractionKind.COMPONENT: _MESSAGES | _UPDATES | {Callback.MODAL},
    InteractionKind.AUTOCOMPLETE: frozenset({Callback.CHOICES}),
    InteractionKind.MODAL: _MESSAGES | _UPDATES,
}
_NUMBERS = frozenset({4, 10})  # option types whose choices are numbers


class InteractionRoutes:
    """What a bot answers to people who use it.

    Attributes:
        callback_seconds: how long the first response may take; Discord's limit is 3.
    """

    def __init__(self, world: World, delivery: Delivery, *, callback_seconds: float) -> None:
        self._world = world
        self._delivery = delivery
        self._callback_seconds = callback_seconds

    def routes(self) -> list[Route]:
        """Return all operations."""
        callback = "/interactions/{interaction_id}/{interaction_token}/callback"
        webhook = "/webhooks/{webhook_id}/{webhook_token}"
        found = [
            Route("POST", callback, self.respond, token=True),
            Route("POST", webhook, self.follow_up, token=True),
        ]
        for one in (webhook + "/messages/@original", webhook + "/messages/{message_id}"):
            found += [
                Route("GET", one, self.read, token=True),
                Route("PATCH", one, self.edit, token=True),
                Route("DELETE", one, self.delete, token=True),
            ]
        return found

    async def respond(self, call: Call) -> Payload | None:
        """Create Interaction Response."""
        interaction = self._world.interactions.get(call.words["interaction_token"])
        if interaction is None or interaction.id != call.id("interaction_id"):
            raise unknown("interaction", UNKNOWN_INTERACTION)
        if interaction.callback is not None:
            raise already_acknowledged()
        if self._world.clock.now() - interaction.opened > self._callback_seconds:
            raise unknown("interaction", UNKNOWN_INTERACTION)
        kind = _callback(call.form, interaction)
        answers: dict[Callback, Callable[[Interaction, Call], Awaitable[None]]] = {
            Callback.MESSAGE: self._write,
            Callback.DEFER_MESSAGE: self._think,
            Callback.DEFER_UPDATE: self._wait,
            Callback.UPDATE: self._update,
            Callback.CHOICES: self._suggest,
            Callback.MODAL: self._open,
        }
        await answers[kind](interaction, call)
        interaction.callback = kind
        interaction.latency = perf_counter() - interaction.sent
        interaction.answered.set()
        return _result(interaction, kind) if call.flag("with_response") else None

    async def follow_up(self, call: Call) -> Payload:
        """Create Followup Message; the first one after a deferral fills the waiting message."""
        interaction = self._interaction(call)
        original = interaction.original
        draft = Draft(call.form, call.uploads)
        if original is not None and original.loading and not original.deleted:
            revise(self._world, original, draft)
            await self._delivery.message_edited(original)
            interaction.changed.set()
            return payloads.message(original)
        if interaction.foreign and len(interaction.followups) >= FOREIGN_FOLLOWUPS:
            raise too_many_followups()
        message = await self._post(interaction, draft, MessageKind.DEFAULT)
        interaction.followups.append(message)
        interaction.changed.set()
        return payloads.message(message)

    async def read(self, call: Call) -> Payload:
        """Get Original Response, or Get Followup Message."""
        return payloads.message(self._message(call))

    async def edit(self, call: Call) -> Payload:
        """Edit Original Response, or Edit Followup Message."""
        message = self._message(call)
        revise(self._world, message, Draft(call.form, call.uploads))
        await self._delivery.message_edited(message)
        self._interaction(call).changed.set()
        return payloads.message(message)

    async def delete(self, call: Call) -> None:
        """Delete Original Response, or Delete Followup Message."""
        message = self._message(call)
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        message.changed.set()
        self._interaction(call).changed.set()
        await self._delivery.message_deleted(message)

    # The six kinds of first response

    async def _write(self, interaction: Interaction, call: Call) -> None:
        draft = Draft(call.form.get("data") or {}, call.uploads, ("data",))
        interaction.original = await self._post(interaction, draft, _kind(interaction))

    async def _think(self, interaction: Interaction, call: Call) -> None:
        data = call.form.get("data") or {}
        flags = int(data.get("flags") or 0)
        extra = sorted(set(data) - {"flags"})
        if flags & ~EPHEMERAL or any(data[key] for key in extra):
            words = "A deferral takes no content, and of flags only EPHEMERAL"
            raise invalid_form([Problem(("data", "flags"), "BASE_TYPE_CHOICES", words)])
        message = Message(
            self._world.snowflakes.next(),
            interaction.channel,
            self._world.bot,
            kind=_kind(interaction),
            interaction=interaction,
            flags=LOADING | self._privacy(interaction, flags),
        )
        message.viewer = interaction.user if message.ephemeral else None
        await self._publish(message)
        interaction.original = message

    async def _wait(self, interaction: Interaction, _call: Call) -> None:
        interaction.original = interaction.message

    async def _update(self, interaction: Interaction, call: Call) -> None:
        message = interaction.message
        if message is None or message.deleted:
            raise unknown("Message", UNKNOWN_MESSAGE)
        revise(self._world, message, Draft(call.form.get("data") or {}, call.uploads, ("data",)))
        interaction.original = message
        await self._delivery.message_edited(message)

    async def _suggest(self, interaction: Interaction, call: Call) -> None:
        choices = (call.form.get("data") or {}).get("choices") or []
        problems = autocomplete_problems(choices, numeric=_focused(interaction) in _NUMBERS)
        if problems:
            raise invalid_form(problems)
        interaction.choices = tuple(Choice(each["name"], each["value"]) for each in choices)

    async def _open(self, interaction: Interaction, call: Call) -> None:
        payload = call.form.get("data") or {}
        problems = modal_problems(payload)
        if problems:
            raise invalid_form(problems)
        interaction.modal = Modal(payload, interaction)

    # Parts of them

    def _privacy(self, interaction: Interaction, flags: int) -> int:
        return EPHEMERAL if must_whisper(interaction) else flags & EPHEMERAL

    async def _post(self, interaction: Interaction, draft: Draft, kind: MessageKind) -> Message:
        private = self._privacy(interaction, int(draft.body.get("flags") or 0))
        envelope = Envelope(
            interaction.channel,
            self._world.bot,
            flags=private,
            kind=kind,
            interaction=interaction,
            viewer=interaction.user if private else None,
        )
        message = compose(self._world, envelope, draft)
        await self._publish(message)
        return message

    async def _publish(self, message: Message) -> None:
        if not message.ephemeral:
            self._world.remember(message)
        await self._delivery.message_created(message)

    def _interaction(self, call: Call) -> Interaction:
        """Return the interaction whose token is a webhook's.

        Raises:
            ApiError: there is none, it has no response yet, or its 15 minutes are over.
        """
        interaction = self._world.interactions.get(call.words["webhook_token"])
        known = call.id("webhook_id") == self._world.application_id
        if interaction is None or interaction.callback is None or not known:
            raise unknown("Webhook", UNKNOWN_WEBHOOK)
        if self._world.clock.now() - interaction.opened > TOKEN_SECONDS:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _message(self, call: Call) -> Message:
        interaction = self._interaction(call)
        found = interaction.original
        if "message_id" in call.words:
            ours = [*interaction.followups, *([found] if found is not None else [])]
            found = next((each for each in ours if each.id == call.id("message_id")), None)
        if found is None or found.deleted:
            raise unknown("Message", UNKNOWN_MESSAGE)
        return found


def _callback(body: Payload, interaction: Interaction) -> Callback:
    kind = body.get("type")
    allowed = _ALLOWED[interaction.kind]
    if interaction.message is None:
        allowed -= _UPDATES  # a form that a command opened has no message to update
    for each in allowed:
        if each == kind:
            return each
    words = f"Must be one of {sorted(int(each) for each in allowed)} for this interaction."
    raise invalid_form([Problem(("type",), "BASE_TYPE_CHOICES", words)])


def _kind(interaction: Interaction) -> MessageKind:
    """Return the type of a response's message."""
    command = interaction.command
    if interaction.kind is not InteractionKind.COMMAND or command is None:
        return MessageKind.DEFAULT
    slash = command["type"] == 1
    return MessageKind.CHAT_INPUT_COMMAND if slash else MessageKind.CONTEXT_MENU_COMMAND


def _focused(interaction: Interaction) -> int | None:
    """Return the type of the option that is being completed."""
    options = [*(interaction.data.get("options") or [])]
    while options:
        option = options.pop()
        if option.get("focused"):
            return int(option["type"])
        options += option.get("options") or []
    return None


def _result(interaction: Interaction, kind: Callback) -> Payload:
    """Return the body that `with_response` asks for."""
    about: Payload = {"id": str(interaction.id), "type": int(interaction.kind)}
    message = interaction.original
    if message is None:
        return {"interaction": about}
    about |= {
        "response_message_id": str(message.id),
        "response_message_loading": message.loading,
        "response_message_ephemeral": message.ephemeral,
        "channel_id": str(message.channel.id),
    }
    if kind not in {Callback.MESSAGE, Callback.UPDATE}:
        return {"interaction": about}
    return {
        "interaction": about,
        "resource": {"type": int(kind), "message": payloads.message(message)},
    }
