"""What the bot answered, as the person who asked sees it."""

from dataclasses import dataclass

from bot.playground import payloads
from bot.playground.state import Interaction, Message, Modal, Payload
from bot.playground.transcript import render_payload


@dataclass(slots=True, eq=False)
class Reply:
    """An answer; it follows its message, so later edits show.

    Attributes:
        message: the message that the bot wrote or changed; None when it opened a form, and when
            it only acknowledged a submission.
        latency: seconds from the event to the answer.
        interaction: what it answers, None for an answer to a message.
        modal: the form that it opened instead of a message.
    """

    message: Message | None
    latency: float
    interaction: Interaction | None = None
    modal: Modal | None = None

    @property
    def payload(self) -> Payload:
        """The message object as it is now.

        Raises:
            LookupError: the answer has no message.
        """
        if self.message is None:
            raise LookupError("the bot answered without a message")
        return payloads.message(self.message)

    @property
    def text(self) -> str:
        """The message, or the form, as readable text; empty for a bare acknowledgement."""
        if self.message is not None:
            return render_payload(self.payload)
        return render_payload(self.modal.payload) if self.modal is not None else ""

    @property
    def ephemeral(self) -> bool:
        """Only the person who asked sees it."""
        return self.message is not None and self.message.ephemeral

    @property
    def loading(self) -> bool:
        """The bot said that it thinks, and has said nothing since."""
        return self.message is not None and self.message.loading

    @property
    def deleted(self) -> bool:
        """The message is gone."""
        return self.message is not None and self.message.deleted

    @property
    def edits(self) -> tuple[Payload, ...]:
        """What the message looked like before each edit, oldest first."""
        return () if self.message is None else tuple(self.message.earlier)

    @property
    def files(self) -> dict[str, bytes]:
        """The attached files by name."""
        if self.message is None:
            return {}
        return {each.filename: each.content for each in self.message.attachments}

    @property
    def followups(self) -> "tuple[Reply, ...]":
        """Further messages to the same interaction, oldest first."""
        if self.interaction is None:
            return ()
        return tuple(
            Reply(each, self.latency, self.interaction) for each in self.interaction.followups
        )
