"""What tests read of replies."""

from bot.playground import Playground, Reply

SYSTEM = "Choose your operating system"


def title(reply: Reply | None) -> str:
    """Return the title of a card; there has to be one."""
    assert reply is not None
    return reply.text.splitlines()[0].removeprefix("| ### ")


def callbacks(playground: Playground) -> list[int]:
    """Return the types of the first responses, oldest first."""
    requests = [request for request in playground.requests if "/callback" in request.path]
    return [request.body["type"] for request in requests if isinstance(request.body, dict)]
