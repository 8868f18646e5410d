"""The tables of the knowledge base file.

The registry stands in `assignment` (one row for each name, port or range, and protocol) and
`portless` (names that have no port). `segment` cuts the 65,536 ports where what is said of them
changes, so that one look-up (`first <= ?`, the highest) tells the states of a port, the unassigned
block around it and its neighbours; `segment_assignment`, `segment_use` and `segment_risk` lead on.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # reading the file needs its version only, and no sqlite-utils
    from sqlite_utils import Database

VERSION = 15  # another number, and a file of an older release is built anew

Type = type[int] | type[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file, as sqlite-utils wants to hear of it.

    Attributes:
        nullable: columns that may be NULL; all others may not.
        foreign: (column, table, column) of each foreign key.
        indexes: columns of each index.
        searched: columns of its full-text index.
    """

    name: str
    columns: dict[str, Type]
    key: str | tuple[str, ...]
    nullable: frozenset[str] = frozenset()
    foreign: tuple[tuple[str, str, str], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    searched: tuple[str, ...] = ()


_SOURCE = ("source", "source", "id")
_PROTOCOL = ("protocol", "protocol", "name")
_SEGMENT = ("segment", "segment", "first")

TABLES = (
    Table("meta", {"key": str, "value": str}, "key"),
    Table("protocol", {"name": str}, "name"),
    Table("source", {"id": int, "title": str, "url": str}, "id"),
    Table("state", {"id": int, "word": str, "reason": str}, "id"),
    Table(
        "assignment",
        {
            "id": int,
            "name": str,
            "folded": str,
            "first": int,
            "last": int,
            "protocol": str,
            "description": str,
            "assignee": str,
            "registered": str,
            "modified": str,
            "reference": str,
            "service_code": str,
            "unauthorized_use": str,
            "notes": str,
        },
        "id",
        foreign=(_PROTOCOL,),
        indexes=(("folded",),),
        searched=("name", "description"),
    ),
    Table(
        "portless",
        {"id": int, "name": str, "folded": str, "protocol": str, "description": str},
        "id",
        nullable=frozenset({"protocol"}),
        foreign=(_PROTOCOL,),
        indexes=(("folded",),),
    ),
    Table("block", {"first": int, "last": int}, "first"),
    Table(
        "segment",
        {
            "first": int,
            "last": int,
            "tcp": int,
            "udp": int,
            "sctp": int,
            "dccp": int,
            "block": int,
            "previous": int,
            "next": int,
            "uses": int,
            "risks": int,
        },
        "first",
        nullable=frozenset({"block", "previous", "next"}),
        foreign=(
            ("tcp", "state", "id"),
            ("udp", "state", "id"),
            ("sctp", "state", "id"),
            ("dccp", "state", "id"),
            ("block", "block", "first"),
        ),
    ),
    Table(
        "segment_assignment",
        {"segment": int, "position": int, "assignment": int},
        ("segment", "position"),
        foreign=(_SEGMENT, ("assignment", "assignment", "id")),
    ),
    Table(
        "use",
        {
            "id": int,
            "product": str,
            "folded": str,
            "first": int,
            "last": int,
            "protocol": str,
            "official": int,
            "role": str,
            "weight": int,
            "category": str,
            "tls": str,
            "exposure": str,
            "source": int,
        },
        "id",
        foreign=(_PROTOCOL, _SOURCE),
        indexes=(("folded",),),
        searched=("product", "role", "category"),
    ),
    Table(
        "segment_use",
        {"segment": int, "position": int, "use": int},
        ("segment", "position"),
        foreign=(_SEGMENT, ("use", "use", "id")),
    ),
    Table("alias", {"alias": str, "target": str}, "alias"),
    Table(
        "risk",
        {
            "id": int,
            "kind": str,
            "first": int,
            "last": int,
            "protocol": str,
            "name": str,
            "text": str,
            "era": str,
            "source": int,
        },
        "id",
        nullable=frozenset({"protocol"}),
        foreign=(_PROTOCOL, _SOURCE),
    ),
    Table(
        "segment_risk",
        {"segment": int, "position": int, "risk": int},
        ("segment", "position"),
        foreign=(_SEGMENT, ("risk", "risk", "id")),
    ),
    Table("browser_block", {"number": int, "source": int}, "number", foreign=(_SOURCE,)),
    Table(
        "ephemeral",
        {
            "id": int,
            "system": str,
            "versions": str,
            "first": int,
            "last": int,
            "setting": str,
            "source": int,
            "current": int,
        },
        "id",
        foreign=(_SOURCE,),
    ),
    # What is only ever read as a whole stands as JSON in one column: an article is then one
    # look-up and not five, and a hundred thousand imported pages are as many rows.
    Table(
        "article",
        {"id": int, "title": str, "summary": str, "origin": str, "content": str},
        "id",
    ),
    Table(
        "article_port",
        {"number": int, "position": int, "article": int},
        ("number", "position"),
        foreign=(("article", "article", "id"),),
    ),
    Table(
        "faq",
        {"slug": str, "question": str, "answer": str, "details": str, "content": str},
        "slug",
        searched=("question", "answer", "details"),
    ),
    Table(
        "faq_wording",
        {"faq": str, "position": int, "wording": str},
        ("faq", "position"),
        foreign=(("faq", "faq", "slug"),),
        searched=("wording",),
    ),
)

# An index over text that no table holds as such, so it keeps none of it (content='').
ARTICLE_SEARCH = (
    "CREATE VIRTUAL TABLE article_search"
    " USING fts5(title, summary, text, content='', tokenize='unicode61 remove_diacritics 2')"
)
INDEX_ARTICLE = "INSERT INTO article_search(rowid, title, summary, text) VALUES (?, ?, ?, ?)"


def create(database: "Database") -> None:
    """Create all tables, empty, in a database that was opened as strict."""
    for table in TABLES:
        created = database.table(table.name).create(
            table.columns,
            pk=table.key,
            foreign_keys=table.foreign,
            not_null=table.columns.keys() - table.nullable,
        )
        for columns in table.indexes:
            created.create_index(columns)
    database.execute(ARTICLE_SEARCH)


def index(database: "Database") -> None:
    """Create the full-text indexes over the tables, when those are filled."""
    for table in TABLES:
        if table.searched:
            database.table(table.name).enable_fts(
                table.searched, tokenize="unicode61 remove_diacritics 2"
            )
