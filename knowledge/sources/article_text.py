"""The blocks of a page -> an article's summary, sections and FAQs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.model import QuestionAndAnswer, Section
from knowledge.sentences import sentences
from knowledge.sources.blocks import Block, Code, Heading, Item, Paragraph, Row

SUMMARY_LENGTH = 300  # characters
LABEL_WORDS = 6
LEAD_IN_WORDS = 24

_FAQ = re.compile(
    r"""(?ix)(?:
    faqs?|frequently\sasked\squestions|common\squestions|questions\sand\sanswers|q\s?&\s?a
    |foire\saux\squestions|questions\sfréquentes|questions\sfréquemment\sposées
    |häufig\sgestellte\sfragen|häufige\sfragen|preguntas\sfrecuentes|perguntas\sfrequentes
    |domande\sfrequenti|veelgestelde\svragen|najczęściej\szadawane\spytania|sık\ssorulan\ssorular
    |часто\sзадаваемые\sвопросы|поширені\sзапитання|често\sзадавани\sвъпроси
    |câu\shỏi\sthường\sgặp|よくある質問|常见问题|常見問題|자주\s묻는\s질문
    |คำถามที่พบบ่อย
    |अक्सर\sपूछे\sजाने\sवाले\sप्रश्न|الأسئلة\sالشائعة|שאלות\sנפוצות
    )\b"""
)
_QUESTION = re.compile(r"[?？؟;]$")
_LABEL = re.compile(
    r"(?i)(?:linux|macos|mac os|os x|windows|unix|bsd|powershell|terminal|command prompt|cmd"
    r"|debian|ubuntu|red hat|fedora|solaris|android|docker|mac)\b"
)
_LEAD_IN = re.compile(
    r"(?i)\b(?:to (?:see|check|find|test|list|show|verify|identify|confirm)|if you (?:want|see)"
    r"|how to|here'?s how|run|use|using|try|command|type|execute|check|look)\b"
)
_WORD = re.compile(r"[^\W\d_]{2}")
# A paragraph that tells what a command printed, where the command itself was lost.
_OUTCOME = re.compile(
    r"""(?ix)(?:
    if\s(?:you|it|nothing|something|there|the|anything|one)\b|most\slikely
    |you(?:'ll|\swill|\sshould|\scan)\b
    |(?:this|these|it|that|they|the\s(?:output|result|command)s?|both|either)\s(?:command\s)?
        (?:will|shows?|lists?|tells?|prints?|returns?|displays?|gives?)\b
    |look\sfor|any\soutput|no\soutput|nothing|when\s(?:you|it|nothing)
    )"""
)


def lead_summary(blocks: Sequence[Block]) -> tuple[str, int]:
    """Return a summary of at most 300 characters, and how many lead blocks it says in full.

    It is the first sentences of the text above the first heading, or else of the first paragraph.
    """
    lead = 0
    while lead < len(blocks) and isinstance(blocks[lead], Paragraph):
        lead += 1
    if lead:
        text = " ".join(plain(block.text) for block in blocks[:lead])
        summary = shorten(text)
        used = 0
        while used < lead and plain(blocks[used].text) in summary:
            used += 1
        return summary, used
    for block in blocks:
        if isinstance(block, Paragraph) and _says_something(block.text):
            return shorten(plain(block.text)), 0
    return "", 0


def _says_something(text: str) -> bool:
    """Tell a sentence from the beginning of a list, and from bare numbers ("137, 138")."""
    return not text.rstrip().endswith(":") and _WORD.search(text) is not None


def shorten(text: str) -> str:
    """Return the first whole sentences of a text that make at most 300 characters."""
    summary = ""
    for sentence in sentences(text):
        longer = f"{summary} {sentence.text}".strip()
        if len(longer) > SUMMARY_LENGTH:
            break
        summary = longer
    if summary or not text:
        return summary.removesuffix(":")
    cut = text[: SUMMARY_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:—–-") + "…"


def plain(text: str) -> str:
    """Return a block's text as one line of plain text."""
    return " ".join(_one_line(text).replace("`", "").split())


def _one_line(text: str) -> str:
    """Join the lines of a text; scripts that write no spaces get none."""
    if "\n" not in text:
        return text
    joined = re.sub(r"(?<=[\u3000-\u9fff])\s*\n\s*(?=[\u3000-\u9fff])", "", text)
    return re.sub(r"\s*\n\s*", " ", joined)


def sections_of(
    blocks: Sequence[Block], title: str, *, skip: int = 0
) -> tuple[tuple[Section, ...], tuple[QuestionAndAnswer, ...]]:
    """Return the sections and the FAQs of a page's blocks; the first `skip` are left out.

    What stands above the first heading, beyond the summary, is a section under the title.
    A heading with nothing below it is dropped.
    """
    sections: list[Section] = []
    faqs: list[QuestionAndAnswer] = []
    faq_level = 0  # of the FAQ heading whose questions are being read; 0 outside
    for heading, body in _parts(without_dangling(blocks[skip:])):
        text = markdown(body)
        if heading is None:
            if text:
                sections.append(Section(title, text))
            continue
        name = plain(heading.text)
        if _FAQ.search(name) and len(name.split()) <= LEAD_IN_WORDS // 2:
            faq_level = heading.level
            rest = _paired(body, faqs)
            if rest:
                sections.append(Section(name, rest))
            continue
        if faq_level and _QUESTION.search(name):
            if text:
                faqs.append(QuestionAndAnswer(name, text))
            continue
        if faq_level and heading.level <= faq_level:
            faq_level = 0
        if text:
            sections.append(Section(name, text))
    return tuple(sections), tuple(faqs)


def _paired(blocks: Sequence[Block], faqs: list[QuestionAndAnswer]) -> str:
    """Read questions that are paragraphs or items of their own; return the rest as Markdown."""
    rest: list[Block] = []
    question = ""
    answer: list[Block] = []
    for block in blocks:
        text = plain(block.text)
        asked = re.sub(r"^(?:Q(?:uestion)?\s*\d*\s*[:.)]\s*)", "", text)
        if isinstance(block, Paragraph | Item) and (
            _QUESTION.search(asked) or re.match(r"\*{0,2}[^.!?]{5,150}\?\s+\S", asked)
        ):
            _add_pair(faqs, question, answer)
            mark = re.search(r"[?？؟]\s*", asked)
            end = mark.end() if mark is not None else len(asked)
            question, answer = asked[:end].strip(), []
            if asked[end:]:
                answer.append(Paragraph(asked[end:], block.line))
        elif question:
            answer.append(block)
        else:
            rest.append(block)
    _add_pair(faqs, question, answer)
    return markdown(rest)


def _add_pair(faqs: list[QuestionAndAnswer], question: str, answer: Sequence[Block]) -> None:
    text = re.sub(r"^A(?:nswer)?\s*\d*\s*[:.)]\s*", "", markdown(answer))
    if question and text:
        faqs.append(QuestionAndAnswer(question, text))


def _parts(blocks: Sequence[Block]) -> Iterable[tuple[Heading | None, list[Block]]]:
    heading: Heading | None = None
    body: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            yield heading, body
            heading, body = block, []
        else:
            body.append(block)
    yield heading, body


def without_dangling(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Drop the lines that announce something that was lost in copying: "On Linux:" and nothing."""
    kept: list[Block] = []  # from the end to the beginning
    lost = False  # a label right below announced nothing
    for block in reversed(blocks):
        following = kept[-1] if kept else None
        if not isinstance(block, Paragraph | Item) or not block.text.rstrip().endswith(
            (":", "：")
        ):
            lost = False
            kept.append(block)
            continue
        last = sentences(block.text)[-1]
        label = len(last.text.split()) <= LABEL_WORDS and _LABEL.search(last.text) is not None
        if not _announces_nothing(last.text, following, label=label, lost=lost):
            kept.append(block)
            lost = False
            continue
        lost = lost or label
        rest = block.text[: last.start].rstrip()
        if rest:
            kept.append(replace(block, text=rest))
    return tuple(reversed(kept))


def _announces_nothing(text: str, following: Block | None, *, label: bool, lost: bool) -> bool:
    if following is None or isinstance(following, Heading):
        return True
    if not isinstance(following, Paragraph):
        return False
    if not label and not _LEAD_IN.search(text):
        return False
    if following.text.rstrip().endswith(":"):
        return (
            label
            and _LABEL.search(following.text) is not None
            and len(text.split()) <= LABEL_WORDS
        )
    return lost or _OUTCOME.match(following.text) is not None


def markdown(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown."""
    parts: list[str] = []
    previous: Block | None = None
    outermost = 0  # a list of which the first item is indented is not inside another
    for block in blocks:
        text = _markdown(block)
        together = isinstance(block, Item | Row) and type(block) is type(previous)
        if isinstance(block, Item):
            outermost = min(block.depth, outermost) if together else block.depth
            text = "  " * (block.depth - outermost) + text
        if isinstance(block, Row) and not isinstance(previous, Row):
            text = _table_head(block)
        parts.append(text if not parts else ("\n" if together else "\n\n") + text)
        previous = block
    return "".join(parts).strip()


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return f"**{block.text}**"
        case Paragraph():
            return _one_line(block.text)
        case Item():
            mark = f"{block.number}." if block.number else "-"
            return f"{mark} {_one_line(block.text)}"
        case Row():
            return f"| {' | '.join(cell.replace('|', '¦') for cell in block.cells)} |"
        case Code():
            fence = "````" if "```" in block.text else "```"
            return f"{fence}{block.language}\n{block.text}\n{fence}"


def _table_head(row: Row) -> str:
    rule = "|" + " --- |" * len(row.cells)
    if row.header:
        return f"{_markdown(row)}\n{rule}"
    return f"|{'  |' * len(row.cells)}\n{rule}\n{_markdown(row)}"
