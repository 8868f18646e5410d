"""Using a message's buttons and selects: finding them as a person does, and what is then sent."""

from collections.abc import Sequence

from bot.playground import payloads
from bot.playground.components import BUTTON, LINK, SELECTS, STRING_SELECT, walk
from bot.playground.interactions import interaction_member, owners_of
from bot.playground.invoking import NotPossibleError
from bot.playground.permissions import Permission
from bot.playground.state import Channel, Install, Message, Payload, Role, User

Chosen = str | User | Role | Channel


def button_press(user: User, message: Message, button: str) -> Payload:
    """Return the data of a press on a button.

    Args:
        user: who presses.
        message: where the button is.
        button: its custom id, its label, or its emoji.

    Raises:
        NotPossibleError: the person does not see it, or it cannot be pressed.
    """
    _check_sight(user, message)
    found = _pick(message, button, frozenset({BUTTON}))
    if found.get("style") == LINK:
        raise NotPossibleError(f"{button!r} is a link to {found['url']}")
    return {"component_type": BUTTON, "custom_id": found["custom_id"], "id": found["id"]}


def selection(user: User, message: Message, select: str, chosen: Sequence[Chosen]) -> Payload:
    """Return the data of a choice in a select.

    Args:
        user: who chooses.
        message: where the select is.
        select: its custom id or its placeholder.
        chosen: labels or values of options; for other selects people, roles or channels.

    Raises:
        NotPossibleError: the person does not see it, or cannot choose that.
    """
    _check_sight(user, message)
    found = _pick(message, select, SELECTS)
    values, resolved = chosen_values(message.channel, found, chosen)
    data: Payload = {
        "component_type": found["type"],
        "custom_id": found["custom_id"],
        "id": found["id"],
        "values": values,
    }
    return data | ({"resolved": resolved} if resolved else {})


def chosen_values(
    channel: Channel, select: Payload, chosen: Sequence[Chosen]
) -> tuple[list[str], Payload]:
    """Return the values of a select and the objects that they name.

    Raises:
        NotPossibleError: too few, too many, or not offered.
    """
    least, most = select.get("min_values"), select.get("max_values")
    least, most = 1 if least is None else least, 1 if most is None else most
    if select.get("required") is False:
        least = 0
    if not least <= len(chosen) <= most:
        raise NotPossibleError(f"{_name(select)} takes {least} to {most} choices")
    if select["type"] == STRING_SELECT:
        return [_option(select, each) for each in chosen], {}
    resolved: Payload = {}
    for each in chosen:
        _resolve(channel, select, each, resolved)
    return [str(each.id) for each in chosen if not isinstance(each, str)], resolved


def press_owners(user: User, message: Message) -> dict[Install, int]:
    """Return the installs that a press counts for: those of whoever made the bot write."""
    if message.interaction is not None:
        return message.interaction.owners
    return owners_of(user, message.channel)


def _check_sight(user: User, message: Message) -> None:
    if message.deleted:
        raise NotPossibleError("the message is gone")
    if message.viewer is not None and message.viewer is not user:
        raise NotPossibleError(f"only {message.viewer.display_name} sees that message")
    if Permission.VIEW_CHANNEL not in message.channel.permissions_of(user):
        raise NotPossibleError(f"{user.display_name} is not in that channel")


def _pick(message: Message, wanted: str, kinds: frozenset[int]) -> Payload:
    found = [part for _, part in walk(message.components) if part["type"] in kinds]
    matching = [part for part in found if part.get("custom_id") == wanted]
    matching = matching or [part for part in found if wanted in _labels(part)]
    if not matching:
        offered = ", ".join(_name(part) for part in found) or "nothing"
        raise NotPossibleError(f"the message does not offer {wanted!r} but {offered}")
    if matching[0].get("disabled"):
        raise NotPossibleError(f"{wanted!r} is greyed out")
    return matching[0]


def _labels(part: Payload) -> tuple[object, ...]:
    emoji = (part.get("emoji") or {}).get("name")
    return tuple(each for each in (part.get("label"), part.get("placeholder"), emoji) if each)


def _name(part: Payload) -> str:
    words = _labels(part) or (part.get("custom_id") or part.get("url"),)
    return repr(words[0])


def _option(select: Payload, wanted: Chosen) -> str:
    for option in select.get("options") or []:
        if wanted in (option["value"], option["label"]):
            return str(option["value"])
    labels = ", ".join(repr(option["label"]) for option in select.get("options") or [])
    raise NotPossibleError(f"{_name(select)} offers {labels}, not {wanted!r}")


def _resolve(channel: Channel, select: Payload, chosen: Chosen, resolved: Payload) -> None:
    match select["type"], chosen:
        case (5 | 7, User() as user):
            resolved.setdefault("users", {})[str(user.id)] = payloads.user(user)
            guild = channel.guild
            if guild is not None and user.id in guild.members:
                member = interaction_member(guild, channel, user)
                del member["user"]
                resolved.setdefault("members", {})[str(user.id)] = member
        case (6 | 7, Role() as role):
            resolved.setdefault("roles", {})[str(role.id)] = payloads.role(role)
        case (8, Channel() as other):
            kinds = select.get("channel_types")
            if kinds and int(other.kind) not in kinds:
                raise NotPossibleError(f"{_name(select)} takes no such channel")
            found = payloads.interaction_channel(other, other.people[0]) if other.people else None
            resolved.setdefault("channels", {})[str(other.id)] = found or _guild_channel(other)
        case _:
            raise NotPossibleError(f"{_name(select)} does not take {chosen!r}")


def _guild_channel(channel: Channel) -> Payload:
    payload = payloads.channel(channel)
    payload.pop("permission_overwrites", None)
    return payload | {"permissions": "0"}
