"""Discord's markup in what people write."""

import re

# Mentions, emoji, timestamps and the like: their digits are ids and no port numbers.
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w{1,64}:|/[^:<>]{1,100}:|t:|id:)[^<>\s]{1,40}>")


def without_markup(text: str) -> str:
    """Return the text without mentions, emoji and timestamps."""
    return _MARKUP.sub(" ", text).strip()
