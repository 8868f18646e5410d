"""Tells what a clause says from what it asks, supposes, reports or remembers."""

import re

_HEDGE = re.compile(
    r"""(?ix)\b(?:
    if|whether|when|unless|would|could|should|might|may|cannot|can['’]?t|suppose\w*|imagine|perhaps|maybe|possibly
    |said\sto|claim(?:s|ed)?|alleged\w*|wrong\w*|mistak\w+|myth|once|formerly|previously|historically|originally
    |until|used\sto\sbe|no\slonger|in\sthe\spast|not\severy|asks?|request\w*|many\s(?:tables|lists|guides|sites)
    |(?:often|sometimes)\s(?:listed|given|called)|despite|rather\sthan|instead\sof|unlike|as\s(?:though|if)|nor
    )\b"""
)
_CLAUSE = re.compile(
    r"[;:—–]|,\s+(?:but|and|so|yet|which|while|whereas|although|though)\b"
    r"|\b(?:but|because|though|although|since)\b"
)
_DENIAL = re.compile(
    r"(?i)\b(?:not|never|no|nor|neither|without|nothing|none|nobody|if|whether|possible|might|could|would"
    r"|perhaps|maybe|may)\b|n['’]t\b"
)


def is_asserted(text: str, start: int) -> bool:
    """Tell whether a sentence says what begins at `start`, and does not ask or suppose it.

    >>> is_asserted("If port 80 is assigned", 3), is_asserted("Today port 80 is assigned", 6)
    (False, True)
    """
    if text.rstrip().endswith(("?", "？")):
        return False
    begin = 0
    for boundary in _CLAUSE.finditer(text, 0, start):
        begin = boundary.end()
    return _HEDGE.search(text, begin, start) is None


def is_denied(text: str) -> bool:
    """Tell whether a sentence denies anything, or says it with a doubt."""
    return _DENIAL.search(text) is not None
