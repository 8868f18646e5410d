"""Lets each interaction pass once: Discord may hand one over again when a session resumes."""

from collections.abc import Callable

from bot.hearing import Parsers, Payload


def hear_once(
    parsers: Parsers, is_new: Callable[[int], bool], replayed: Callable[[], None]
) -> None:
    """Take replayed interactions away from a client's parsers of events.

    Args:
        parsers: of the client, by the name of the event.
        is_new: remembers an id, and tells whether it was unknown.
        replayed: is told of each that comes again.
    """
    parse = parsers["INTERACTION_CREATE"]

    def parse_new(interaction: Payload) -> None:
        if is_new(int(interaction["id"])):
            parse(interaction)
        else:
            replayed()

    parsers["INTERACTION_CREATE"] = parse_new
