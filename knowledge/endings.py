"""The endings that names take in languages which inflect them: "Plexin", "a redisnek"."""

from collections.abc import Iterator

_SHORTEST = 4  # letters of a name that takes an ending
_LONGEST = 4  # letters of an ending
# As folded, one line each.
_ENDINGS = frozenset(
    ending
    for endings in (
        "n in en an on ia ssa sta lle lla ta tta ksi issa",  # Finnish
        "t et ot at ek ok es os nak nek ban ben bol ra re hoz hez",  # Hungarian
        "nal nel val vel ja je",
        "i u de da den dan te ten tan e a ye ya yi yu nin nun un",  # Turkish
        "y em om ie owi ow ami ach ou ovi um",  # Polish, Czech, Croatian, Lithuanian
        "а у ы и і ом ем е ой ою ові ів ами ах ът та то",  # Russian, Ukrainian, Bulgarian
        "s ns er ul ului",  # Germanic ones, Romanian
    )
    for ending in endings.split(" ")
)


def without_ending(word: str) -> Iterator[str]:
    """Yield what a folded word may be without an ending, the longest first.

    >>> list(without_ending("plexin"))
    ['plexi', 'plex']
    """
    for length in range(1, min(_LONGEST, len(word) - _SHORTEST) + 1):
        if word[-length:] in _ENDINGS:
            yield word[:-length]
