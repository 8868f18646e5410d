"""What a text asks."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model.ports import Protocol, System


class Intent(StrEnum):
    """What a question wants to have."""

    ABOUT = "about"
    CHECK = "check"
    OPEN = "open"
    SAFETY = "safety"
    COMPARE = "compare"
    NEIGHBORS = "neighbors"
    SUGGEST = "suggest"
    FAQ = "faq"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """What a text asks, as far as the text and the vocabulary tell it.

    Attributes:
        text: as it was asked, cleaned of control characters; at most 4,000 characters.
        intent: by the words alone; NONE where they tell none.
        ports: the port numbers named, in order, without repeats.
        spans: the ranges named, as (first, last).
        invalid: numbers named as ports that are none, such as 65536 or -1.
        bounds: the lowest and the highest port wanted, where a free one is asked for.
        count: how many ports are wanted, where free ones are asked for.
        closing: of the intent OPEN, that the port shall be closed.
        outbound: it speaks of traffic that leaves the asker's machine.
        source: the address or network, as in "10.0.0.0/8", that a firewall shall let in or not.
        host: the name or address of another machine, of which is asked whether it answers.
        words: the words of the text in order, folded; numbers and punctuation left out.
        senses: of each word, the concepts it stands for (flags of vocabulary.Concept; 0: none).
        sentences: of each word, the number of the sentence that it stands in.
        concepts: all concepts met anywhere in the text, as flags.
        language: BCP-47 tag of the language the question is in.
        pasted: the ports come from pasted command output or configuration.
        goes_on: what it leaves out comes from an answer before it ("and on windows?").
        evidence: 0.0 (surely not about network ports) to 1.0 (surely), for the ports named.
    """

    text: str
    intent: Intent = Intent.NONE
    ports: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    invalid: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    count: int | None = None
    closing: bool = False
    outbound: bool = False
    source: str | None = None
    host: str | None = None
    protocol: Protocol | None = None
    system: System | None = None
    words: tuple[str, ...] = ()
    senses: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    concepts: int = 0
    language: str = "en"
    pasted: bool = False
    goes_on: bool = False
    evidence: float = 0.0
