"""In which language an answer is told: that of the question, where its words really are of it."""

from collections.abc import Sequence

from knowledge.tokens import Token
from knowledge.vocabulary import Sense

ENGLISH = "en"
# English words that stand in the vocabularies of other languages, too, but not in ours of English:
# "mail port" is no Spanish. They are those that our English articles use.
_ENGLISH = frozenset(
    """
    abuse access action actions active ad address administrator alias apart applications arrive
    article assign assignee auth auto ban bare basis bcp body boot brief browser brute byte cable
    camera cameras cc certain certificate cgnat change chats checker comment computers constant
    courier data databases date delivery deploy desktop developer direct dmz documentation door
    dvr easy edit elections email error exact exception exceptions exporter falls far favor file
    follow force frr ftp galera gpp grade gui habitual handy hang hint hobby holder hospital hot
    ide identifier implicit important inet ini installation installer interval invite invites io
    ios ipv iso itu jsp kde later legal link lite local login logon long lose loss lost mail man
    marks master max maximum message meta mikrotik minecraft minimal mobile modem moment
    monitoring move once online operating operator org oss otel output pause permanent personal
    piece pieces place poor popular portrange precise present printers prompt proto rare rate rdp
    real recent record refuse regular reserve reserves resp responder restart role salt save
    school select sender series sip site size skip slow smart smtp standards start store stuck
    style sudo support tds tech telephone tester thread ties timers transport transports tunnel
    ua ui update updates upnp verification virtual visible vista vps webserver website wifi window
    word wss www
    """.split()  # noqa: SIM905 (a list would be three times as long)
)


def is_spoken(language: str, tokens: Sequence[Token], senses: Sequence[Sequence[Sense]]) -> bool:
    """Tell whether a text has a word of a language that is no English word as well.

    Words that many languages share, and names, make a text look like one of another language;
    it is told so only if something in it can be nothing else.

    Args:
        language: a tag of the vocabulary.
        tokens: of the text.
        senses: of each token, those of all words and phrases that begin there.
    """
    for token, found in zip(tokens, senses, strict=True):
        languages = {sense.language for sense in found}
        if language in languages and ENGLISH not in languages and token.text not in _ENGLISH:
            return True
    return False
