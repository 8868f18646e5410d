"""What on a card does something with it: read on, see a map, share it, delete it."""

from typing import TYPE_CHECKING

import discord

from bot.cards import words
from bot.cards.custom_ids import Kind
from bot.cards.parts import Card, card_of
from bot.cards.recalling import AnyButton, Recalling
from bot.cards.shared import shared, without_share
from bot.drawn_maps import map_again, map_around
from bot.failures import reported
from bot.languages import catalogue
from bot.send import Place, Reply, remove, share, tell

if TYPE_CHECKING:
    from bot.client import Portolan

    Pressed = discord.Interaction[Portolan]


class MoreButton(Recalling[AnyButton], kind=Kind.MORE):
    """Opens the whole text on a port or a FAQ entry in private, and turns its pages."""

    @reported
    async def callback(self, interaction: "Pressed") -> None:
        """Show the page."""
        turns = self.recalled.payload.rpartition(":")[2].isdigit()
        mine = self.recalled.asker == interaction.user.id
        place = Place.SAME if turns and mine else Place.PRIVATE
        await interaction.client.respond(interaction, self._page(interaction), place)

    async def _page(self, interaction: "Pressed") -> Reply:
        from bot.cards import pages  # noqa: PLC0415 (the parser of Markdown, when it is needed)

        client, language = interaction.client, self.recalled.language
        phrases = catalogue(language)
        subject, _, wanted = self.recalled.payload.rpartition(":")
        of, _, which = subject.partition(":")
        if of == "faq":
            entry = client.knowledge.faq(which)
            found = pages.of_faq(entry, phrases) if entry is not None else None
        else:
            found = pages.of_port(client.knowledge.facts(int(which)), phrases)
        if found is None:
            return phrases.gettext(words.GONE)
        return pages.page_card(found, wanted, interaction.user.id, language, phrases)


class MapButton(Recalling[AnyButton], kind=Kind.MAP):
    """Opens the picture of the ports around one, in private."""

    @reported
    async def callback(self, interaction: "Pressed") -> None:
        """Show the picture."""
        await interaction.client.respond(interaction, self._map(interaction), Place.PRIVATE)

    async def _map(self, interaction: "Pressed") -> Reply:
        recalled, files = self.recalled, interaction.app_permissions.attach_files
        return await map_around(
            interaction.client,
            int(recalled.payload),
            interaction.user.id,
            recalled.language,
            files=files,
        )


class ShareButton(Recalling[AnyButton], kind=Kind.SHARE):
    """Posts a private card for all to read: once, however often it is pressed."""

    @reported
    async def callback(self, interaction: "Pressed") -> None:
        """Post the card, or say why not."""
        client, message = interaction.client, interaction.message
        if message is None:
            return
        refusal = client.phrases_for(interaction).gettext(words.CANNOT_SHARE)
        if not _may_post(interaction):
            await tell(interaction, refusal)
        elif not client.shared.is_new(message.id):
            await interaction.response.defer()  # a double click
        else:
            card = await self._card(interaction, message)
            private, public = without_share(card), shared(card, self.recalled)
            if await share(interaction, private, public):
                client.counters.add("shared")
            else:
                await tell(interaction, refusal)

    async def _card(self, interaction: "Pressed", message: discord.Message) -> Card:
        """Return the card that the message shows; a picture on it is drawn again."""
        recalled = self.recalled
        if recalled.payload == "card":
            return card_of(dict(each.to_dict()) for each in message.components)
        files = interaction.app_permissions.attach_files
        return await map_again(
            interaction.client, recalled.payload, recalled.asker, recalled.language, files=files
        )


class BinButton(Recalling[AnyButton], kind=Kind.BIN):
    """Deletes an answer, for who asked and for moderators."""

    @reported
    async def callback(self, interaction: "Pressed") -> None:
        """Delete the message, or say who can."""
        if self.recalled.asker == interaction.user.id or _moderates(interaction):
            await remove(interaction)
            interaction.client.counters.add("deleted")
        else:
            phrases = interaction.client.phrases_for(interaction)
            await tell(interaction, phrases.gettext(words.CANNOT_DELETE))


def _may_post(interaction: "Pressed") -> bool:
    """Return whether what the app says here may be read by all.

    In a server to which only a person brought the app, that is for the server to allow.
    """
    if interaction.guild_id is None:
        return True
    if not interaction.is_guild_integration():
        return interaction.permissions.use_external_apps
    allowed = interaction.app_permissions
    is_thread = isinstance(interaction.channel, discord.Thread)
    return allowed.send_messages_in_threads if is_thread else allowed.send_messages


def _moderates(interaction: "Pressed") -> bool:
    return interaction.guild_id is not None and interaction.permissions.manage_messages


ACTIONS = (MoreButton, MapButton, ShareButton, BinButton)
