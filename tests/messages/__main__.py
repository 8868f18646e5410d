"""Brings the catalogues up to date with the code: `make messages`.

With --check nothing is written; it fails where something would be.
"""

import argparse
import sys

from bot.languages import TRANSLATED
from tests.messages.catalogues import merged, path_of, read, template_path, written
from tests.messages.template import ROOT, template


def main() -> int:
    """Return 0 where all is well."""
    parser = argparse.ArgumentParser(prog="python -m tests.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is wrong")
    parser.add_argument("locales", nargs="*", metavar="LOCALE", help="those only; all by default")
    arguments = parser.parse_args()
    messages = template()
    wanted = {template_path(): written(messages)}
    for locale in arguments.locales or TRANSLATED:
        path = path_of(locale)
        before = read(locale, path) if path.is_file() else None
        wanted[path] = written(merged(locale, messages, before))
    stale = [
        path
        for path, content in wanted.items()
        if not path.is_file() or path.read_bytes() != content
    ]
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'not up to date' if arguments.check else 'written'}")
        if not arguments.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
    if stale and arguments.check:
        print("Run `make messages`.")
    return int(arguments.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
