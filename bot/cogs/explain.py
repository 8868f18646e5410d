"""/explain, and "Explain ports here" in a message's menu: every port in a text or in files."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui
from discord.ext import commands
from typing_extensions import override

from bot import failures
from bot.asking import Asking
from bot.cards import layout
from bot.cards.components import with_actions
from bot.cards.explained import explained_card, nothing_in, with_remarks
from bot.cards.guard import shorten
from bot.cards.markdown import plain
from bot.cards.parts import Card
from bot.cogs import options
from bot.handed_over import MOST_FILES, Piece, Refusal, files_of, read_files, text_of
from bot.overhearing import is_question, is_talk
from bot.send import Place, Reply
from knowledge.model import Answer, Intent
from knowledge.paste import LONGEST
from knowledge.phrasebook import _, counted

if TYPE_CHECKING:
    from bot.client import Portolan

MENU = "Explain ports here"
NOTHING = _("I see nothing about ports there.")
NOTHING_GIVEN = _("Paste a text or add a file, and I explain the ports in it.")
# Translators: a title of at most 45 characters.
TITLE = _("Explain the ports in a text")
# Translators: a label of at most 45 characters: the field for a text.
TEXT = _("Text")
# Translators: a hint of at most 100 characters.
TEXT_HINT = _("Output of ss, netstat, nmap or docker ps, a log, a configuration")
# Translators: a label of at most 45 characters: the field for files.
FILES = _("Files")
# Translators: a hint of at most 100 characters.
FILES_HINT = _("Text files, such as compose.yaml or nginx.conf")
TEXT_LENGTH = 4000  # the most that Discord takes in a text input
_LABEL = 45  # characters of a modal's title and labels
_HINT = 100  # of a label's description, and of a placeholder
_FORM = re.compile(r"explain1:(?P<private>[01])")


class ExplainForm(ui.Modal):
    """Takes a text and files; what was chosen with the command is in its custom id.

    It is never kept: whoever submits it, even after a restart, is answered from the custom id.
    """

    def __init__(self, client: "Portolan", phrases: NullTranslations, *, private: bool) -> None:
        tell = phrases.gettext
        super().__init__(title=shorten(tell(TITLE), _LABEL), custom_id=f"explain1:{int(private)}")
        self._client = client
        self._phrases = phrases
        self._place = options.place_of(private=private)
        self._text = ui.TextInput[ExplainForm](
            custom_id="text",
            style=discord.TextStyle.paragraph,
            placeholder=shorten(tell(TEXT_HINT), _HINT),
            max_length=TEXT_LENGTH,
            required=False,
        )
        self._files = ui.FileUpload[ExplainForm](
            custom_id="files", required=False, min_values=0, max_values=MOST_FILES
        )
        self.add_item(ui.Label(text=shorten(tell(TEXT), _LABEL), component=self._text))
        self.add_item(
            ui.Label(
                text=shorten(tell(FILES), _LABEL),
                description=shorten(tell(FILES_HINT), _HINT),
                component=self._files,
            )
        )

    @override
    def is_finished(self) -> bool:
        return True  # so that discord.py does not keep it until it is submitted, or for ever

    @override
    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        text, files = self._text.value.strip(), self._files.values
        if text or files:
            work = explanation(self._client, Asking.by(interaction, "explain"), text, files)
        else:
            work = options.said(self._phrases.gettext(NOTHING_GIVEN))
        await self._client.respond(interaction, work, self._place)

    @override
    async def on_error(  # type: ignore[override]
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:  # a form's has no item, in discord.py either
        await failures.report(interaction, error)

    async def take(self, interaction: discord.Interaction[Any]) -> None:
        """Fill in what was submitted, and answer it."""
        data: dict[str, Any] = dict(interaction.data or {})
        submitted = self._dispatch_submit(
            interaction, data["components"], data.get("resolved", {})
        )
        await submitted


class ExplainCog(commands.Cog):
    """Explains the ports in what people hand over."""

    def __init__(self, client: "Portolan") -> None:
        self.client = client
        self._menu = app_commands.ContextMenu(name=MENU, callback=self._explain_message)

    @override
    async def cog_load(self) -> None:
        self.client.tree.add_command(self._menu)

    @app_commands.command()
    @app_commands.describe(private=options.PRIVATE)
    async def explain(
        self,
        interaction: discord.Interaction["Portolan"],
        private: bool = False,
    ) -> None:
        """Paste command output, a log or a configuration, and see every port in it explained."""
        phrases = self.client.phrases_for(interaction)
        form = ExplainForm(self.client, phrases, private=private)
        await interaction.response.send_modal(form)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a form that was submitted."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: dict[str, Any] = dict(interaction.data or {})
        found = _FORM.fullmatch(str(data.get("custom_id", "")))
        if found is not None:
            phrases = self.client.phrases_for(interaction)
            form = ExplainForm(self.client, phrases, private=found["private"] == "1")
            await form.take(interaction)

    async def _explain_message(
        self, interaction: discord.Interaction[Any], message: discord.Message
    ) -> None:
        asking = Asking.by(interaction, "explain")
        work = explanation(self.client, asking, text_of(message), files_of(message))
        await self.client.respond(interaction, work, Place.PRIVATE)


async def explanation(
    client: "Portolan", asking: Asking, text: str, files: Sequence[discord.Attachment]
) -> Reply:
    """Return what explains the ports in a text and in files: on one card, or in one line."""
    phrases, language = asking.phrases, asking.language or "en"
    pieces, refusals = await read_files(files)
    if text:
        pieces.insert(0, Piece("", text))
    remarks = [_remark(refusal, phrases) for refusal in refusals]
    answers: list[tuple[str, Answer]] = []
    for piece in pieces:
        told = _told_in(client, piece.text, language)
        answer = await client.answer(piece.text, replace(asking, told=told))
        if is_about_ports(answer):
            answers.append((piece.name, answer))
        elif len(piece.text) > LONGEST:
            remarks.append(f"{plain(piece.name)}: {plain(answer.summary)}")
        elif len(pieces) > 1:
            remarks.append(nothing_in(piece.name, phrases))
        await asyncio.sleep(0)  # a long text takes its time, and others wait for theirs
    if not answers:
        return "\n".join(remarks) or phrases.gettext(NOTHING)
    if len(answers) > 1:
        several = explained_card(answers, remarks, phrases)
        return with_actions(several, asking.person, language)
    told = _told_in(client, answers[0][1].question.text, language)
    card = client.card(answers[0][1], replace(asking, told=told))
    return with_remarks(card, remarks) if isinstance(card, Card) else card


def _told_in(client: "Portolan", text: str, reader: str) -> str | None:
    """Return the reader's language; None for a question, which is answered in its own."""
    asked = is_talk(text) and is_question(client.answer_again(text))
    return None if asked else reader


def is_about_ports(answer: Answer) -> bool:
    """Tell whether there is something to explain: a port, or a question that is surely meant."""
    if answer.intent is Intent.NONE:
        return False
    concept = answer.faq is not None and answer.confidence >= layout.SURE
    return bool(answer.ports or answer.span or concept)


def _remark(refusal: Refusal, phrases: NullTranslations) -> str:
    told = phrases.gettext(refusal.reason)
    return told.format(name=plain(refusal.name), count=counted(refusal.count, phrases))
