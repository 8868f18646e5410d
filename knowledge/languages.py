"""Reads the language files, and makes of their words rows of the knowledge base.

A language is one file, `data/languages/xx.toml`, that a speaker can correct without reading code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import tomli  # the standard library's tomllib, compiled: thirty languages in a tenth of the time

from knowledge.text import fold, fold_all, joined, latin
from knowledge.vocabulary import SHORTEST_STEM, Concept

PREFIX_MARK = "*"


class LanguageError(ValueError):
    """A language file is not of the form that CONTRIBUTING describes."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language file.

    Attributes:
        tag: BCP-47, the file's name.
        words: phrases by concept; a phrase that ends in "*" stands for all words that begin so.
        numbers: number words and their values.
        aliases: names of products in the language, and what they mean (as in aliases.csv).
        wordings: how its speakers ask the concept questions, by FAQ slug.
    """

    tag: str
    words: Mapping[Concept, tuple[str, ...]]
    numbers: Mapping[str, int] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_IMPLIED = {Concept.OTHER_PORTS: Concept.ELSEWHERE}  # what a concept says beside itself

Pieces = Mapping[Concept, Sequence[str]]
"""The folded words of each phrase of a language, with a space between, as they are listed."""


def read_language(path: Path) -> Language:
    """Return what a language file says.

    Raises:
        LanguageError: it is not TOML, or names a concept that there is not.
    """
    try:
        table = tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{path.name}: {error}") from error
    words: dict[Concept, tuple[str, ...]] = {}
    for key, phrases in table.get("words", {}).items():
        try:
            concept = Concept[key.upper()]
        except KeyError as error:
            raise LanguageError(f"{path.name}: there is no concept {key!r}") from error
        words[concept] = tuple(phrases)
    return Language(
        tag=path.stem,
        words=words,
        numbers=table.get("numbers", {}),
        aliases=table.get("aliases", {}),
        wordings={slug: tuple(wordings) for slug, wordings in table.get("faq", {}).items()},
    )


def read_languages(folder: Path) -> tuple[Language, ...]:
    """Return all languages of a folder, sorted by tag.

    Raises:
        LanguageError: as `read_language`.
    """
    return tuple(read_language(path) for path in sorted(folder.glob("*.toml")))


def letters_of(language: Language) -> str:
    """Return the Latin letters that a language writes and English does not, sorted."""
    written = chain(*language.words.values(), language.numbers, *language.wordings.values())
    return "".join(sorted(latin(" ".join(written))))


def pieces_of(language: Language) -> Pieces:
    """Return the folded words of each of its phrases, with a space between."""
    phrases = [p.removesuffix(PREFIX_MARK) for ps in language.words.values() for p in ps]
    pieces = map(joined, fold_all(phrases))
    return {concept: list(islice(pieces, len(ps))) for concept, ps in language.words.items()}


def rows_of(
    languages: Sequence[Language], pieces: Sequence[Pieces]
) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, words, senses) for the table `word` of the knowledge base, in its order.

    The kind is "word", "stem", "phrase" or "number"; the words are folded, with a space between;
    the senses are packed ("en 5;fr 4": the concepts' flags by language; of a number its values).

    Args:
        languages: all of them.
        pieces: `pieces_of` each.
    """
    tables: dict[str, dict[str, str]] = {"number": {}, "phrase": {}, "stem": {}, "word": {}}
    for language, folded in zip(languages, pieces, strict=True):
        for kind, senses in _senses(language, folded).items():
            # Packed at once: a hundred thousand small mappings would take most of the time.
            packed = {flags: f"{language.tag} {flags}" for flags in set(senses.values())}
            table = tables[kind]
            for text, flags in senses.items():
                known = table.get(text)
                table[text] = f"{known};{packed[flags]}" if known else packed[flags]
    _add_stems(tables["word"], tables["stem"])
    for kind, table in tables.items():
        for text in sorted(table):
            yield kind, text, table[text]


def _senses(language: Language, folded: Pieces) -> Mapping[str, Mapping[str, int]]:
    """Return what texts mean in a language by their kind: flags, or the value of a number."""
    numbers: dict[str, int] = {}
    phrases: dict[str, int] = {}
    stems: dict[str, int] = {}
    words: dict[str, int] = {}
    for concept, listed in language.words.items():
        flag = int(concept | _IMPLIED.get(concept, concept))
        for phrase, text in zip(listed, folded[concept], strict=True):
            if " " in text:
                phrases[text] = phrases.get(text, 0) | flag
            elif text:
                found = stems if phrase.endswith(PREFIX_MARK) else words
                found[text] = found.get(text, 0) | flag
    for word, value in language.numbers.items():
        numbers[fold(word)] = value
        text = joined(fold(word))
        if text:
            found = phrases if " " in text else words
            found[text] = found.get(text, 0) | int(Concept.FUNCTION)
    return {"number": numbers, "phrase": phrases, "stem": stems, "word": words}


def _add_stems(words: dict[str, str], stems: Mapping[str, str]) -> None:
    """Let a stem of another language still stand behind an exact word of this one."""
    begun = {stem[:SHORTEST_STEM] for stem in stems}
    longest = max(map(len, stems), default=0)
    for word in [word for word in words if word[:SHORTEST_STEM] in begun]:
        for length in range(SHORTEST_STEM, min(len(word), longest) + 1):
            for sense in stems.get(word[:length], "").split(";"):
                if sense and f";{sense.partition(' ')[0]} " not in f";{words[word]}":
                    words[word] += f";{sense}"
