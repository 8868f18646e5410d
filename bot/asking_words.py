"""Words by which a watched channel's questions to all are told from those to each other.

Words of a language may be missing here; then we are silent where we could have spoken.
"""

import re

from knowledge.text import tokens_of


def _words(text: str) -> frozenset[str]:
    return frozenset(tokens_of(text))


# By which a way is asked for, rather than a favour.
HOW = _words(
    "how wie comment cómo como come hoe hvordan hur miten kuinka jak ako kako kaip hogyan cum "
    "как як πώς nasıl bagaimana gimana cách cara sao कैसे どう どうやって 方法 怎么 怎麼 如何 "
    "어떻게 อย่างไร ยังไง วิธี"
)
# With which a question begins that may have no question mark.
WHAT = _words(
    "what whats which is are does can "
    "was welcher welche welches welchen welchem ist quel quelle quels quelles qué cuál cuáles "
    "qual quais quale quali che wat welke welk vilken vilket vad hvilken hvad hva hvilket mikä "
    "mitä jaki jaka jakie jaký který jaké jakou koji koja koje kokį koks kuris milyen melyik "
    "care какой какая какие каким какому який яка які яким кой коя кое какво ποια ποιο τι "
    "apa berapa hangi"
)
# Who is in the room: to them a question is put, or it is about what they did.
PEOPLE = _words(
    "you your yours u ur we us our ours they them their he she his her who whose why "
    "du dein deine deinen deinem dich dir ihr euch euer eure wir uns unser unsere unserem wer "
    "warum wieso tu te ton ta tes toi vous votre vos nous notre nos qui pourquoi "
    "tú usted ustedes vosotros nosotros nuestro nuestra vuestro quién "
    "você vocês vc vcs nós nosso nossa seu sua quem "
    "voi noi nostro nostra vostro tuo tua perché chi "
    "jij je jouw jullie wij we ons onze waarom "
    "ты вы тебя тебе вас вам твой ваш мы нас наш нам кто почему зачем "
    "ти ви ваш ми хто чому кой защо "
    "ty wy wasz twój my nasz nam vy váš náš nám kto dlaczego kdo proč "
    "sen siz sizin biz bizim kim neden kamu kalian kita kami siapa kenapa mengapa "
    "あなた 私たち 誰 なぜ 你 你们 你們 您 我们 我們 咱们 谁 誰 为什么 為什麼 당신 우리 누가 왜 "
    "आप तुम हम कौन क्यों คุณ เรา ใคร ทำไม bạn mày chúng ai"
)
# What means another thing in one language than in the lists above: "who", and "how come".
FALSE_FRIENDS = {"nl": _words("wie"), "en": _words("come")}
# What is so here and now; no book tells.
HERE = _words(
    "anyone anybody someone somebody again still now today yesterday tomorrow tonight wrong "
    "new here there staging prod demo office wieder noch jetzt heute gestern hier encore "
    "maintenant ici ahora hoy aquí ancora adesso oggi agora hoje ainda aqui снова опять сейчас "
    "сегодня здесь тут"
)
# With these one asks whether, which a book tells of few things.
WHETHER = _words(
    "is are isnt arent does do did doesnt didnt can could should would will shall "
    "has have had may might must"
)
# Those who ask the whole room so mean nobody of it.
POLITE = re.compile(
    r"\b(?:thank you|(?:(?:do|does|can|could|would|will)\s+(?:you|u|some(?:one|body))"
    r"|(?:(?:do|does|can|could|would|will)\s+)?any(?:one|body))"
    r"(?:\s+(?:all|guys|please|pls|here))?\s+(?:knows?|tell|explain|say|remembers?|remind)"
    r"(?:\s+us\b)?)",
    re.IGNORECASE,
)
