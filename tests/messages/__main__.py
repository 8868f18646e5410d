"""Brings the catalogues up to date with the code: `make messages`.

With --check nothing is written: it fails where something would be. With --check and locales it
prints what is wrong with the translations of those, and fails where anything is.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po

from bot.languages import TRANSLATED
from tests.messages.catalogues import ROOT, merged, path_of, read, template_path, written
from tests.messages.problems import problems


def main() -> int:
    """Return 0 where all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.messages",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is wrong")
    parser.add_argument(
        "locales", nargs="*", choices=(*TRANSLATED, []), metavar="LOCALE", help="such as pt-BR"
    )
    arguments = parser.parse_args()
    if arguments.check and arguments.locales:
        return _judge(arguments.locales)
    from tests.messages.template import template  # noqa: PLC0415 (it loads the whole bot)

    wanted = up_to_date(template(), arguments.locales or TRANSLATED)
    stale = stale_of(wanted)
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'not up to date' if arguments.check else 'written'}")
        if not arguments.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
    if stale and arguments.check:
        print("Run `make messages`.")
    return int(arguments.check and bool(stale))


def up_to_date(messages: Catalog, locales: Sequence[str]) -> dict[Path, bytes]:
    """Return the files that there should be, with their contents."""
    wanted = {template_path(): written(messages)}
    for locale in locales:
        path = path_of(locale)
        before = read(locale, path) if path.is_file() else None
        wanted[path] = written(merged(locale, messages, before))
    return wanted


def stale_of(wanted: dict[Path, bytes]) -> list[Path]:
    """Return the files that are not there, or differ."""
    return [path for path, content in wanted.items() if not _holds(path, content)]


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _judge(locales: Sequence[str]) -> int:
    with template_path().open("rb") as file:
        messages = read_po(file)
    found = 0
    for locale in locales:
        for problem in problems(locale, path_of(locale), messages):
            found += 1
            print(f"{locale}: {problem}")
    print(f"{found} problems.")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
