"""JSON as it goes out. A message's components are most of it: they are written once."""

import json
from collections.abc import Iterable
from functools import cached_property

from bot.playground.state import Payload

_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False)


class Components(list[Payload]):
    """The components of a message, which are not changed any more.

    They go to the gateway and into the answer, one and the same.
    """

    def __init__(self, components: Iterable[Payload] = ()) -> None:
        super().__init__(components)

    @cached_property
    def text(self) -> str:
        """They as JSON."""
        return _JSON.encode(self)


def written(value: object) -> str:
    """Return a JSON value as text."""
    if not isinstance(value, dict) or not isinstance(value.get("components"), Components):
        return _JSON.encode(value)
    rest = _JSON.encode({key: value[key] for key in value if key != "components"})
    return f'{rest[:-1]},"components":{value["components"].text}}}'
