"""Finds the claims about ports in running text, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.claims.counts import find_counts
from knowledge.claims.kinds import Claim
from knowledge.claims.mentions import Mention, template_of
from knowledge.claims.ranges import find_ranges
from knowledge.claims.services import find_listed, find_services
from knowledge.claims.states import find_states
from knowledge.claims.uses import find_uses
from knowledge.sentences import Sentence, sentences

LONGEST = 2000  # characters; a longer sentence is none that a person wrote

_MARKUP = re.compile(r"\*{2,3}|_{2,3}|`|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence and the claims it makes; never none."""

    sentence: Sentence
    claims: tuple[Claim, ...]


def find_claims(text: str, subject: int | None, *, listed: bool = False) -> Iterator[Found]:
    """Yield the sentences of a paragraph that make claims about ports.

    Args:
        text: a paragraph, an item or a row, in plain text or Markdown.
        subject: the port that the page is about: "this port".
        listed: the text is an item of a list that gives the states of ports.
    """
    antecedent = _mention(subject)
    for sentence in sentences(text):
        plain = sentence.text
        if "*" in plain or "_" in plain or "`" in plain:
            plain = _MARKUP.sub("", plain)
        line = " ".join(plain.split())
        if len(line) > LONGEST:
            continue
        template = template_of(line, antecedent)
        if not template.mentions and not _DIGIT.search(line):
            continue
        claims: list[Claim] = []
        if sentence.start == 0:
            claims.extend(find_listed(line, states=listed))
        if template.mentions:
            claims.extend(find_states(template))
            claims.extend(find_ranges(template))
        claims.extend(find_uses(template, line))
        claims.extend(find_services(template))
        claims.extend(find_counts(template, subject))
        if claims:
            yield Found(sentence, tuple(dict.fromkeys(claims)))
        named = {mention.spans: mention for mention in template.mentions if mention.numbers}
        if len(named) == 1:
            (antecedent,) = named.values()
        elif named:
            antecedent = _mention(subject)


def _mention(number: int | None) -> Mention | None:
    return None if number is None else Mention(((number, number),))
