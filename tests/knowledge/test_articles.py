import re
from pathlib import Path

import pytest

from knowledge.build import SHIPPED
from knowledge.model import Protocol, RiskKind, Source
from knowledge.sources import articles
from knowledge.sources.faults import SourceError

TCP, UDP, SCTP, DCCP = Protocol

ARTICLE = """\
---
ports: ["6881-6883", 6969]
service: null
status: {tcp: unassigned, udp: unassigned}
summary: >-
  Ports 6881-6883 are
  BitTorrent's old default.
uses:
  - {product: BitTorrent, protocol: tcp, official: false, source: 2, weight: 70}
risks:
  - {kind: exposure, text: "Peers see the address.", source: 1}
disputed:
  - {text: "It is said to be registered; it is not.", source: 1}
related: [51413]
sources:
  - {title: "IANA", url: "https://www.iana.org/"}
  - {title: "BEP 3", url: "https://www.bittorrent.org/beps/bep_0003.html"}
---

## What it is

A range, not a port.

```sh
## no heading: a comment in code
```

## FAQ

### Do I need all of them?

No, one is enough.

### Which one?

Any.
"""


def written(folder: Path, text: str = ARTICLE, name: str = "06881-bittorrent.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_article_is_taken_apart(tmp_path: Path) -> None:
    file = articles.read(written(tmp_path))
    article = file.article
    assert article.ports == (6881, 6882, 6883, 6969)
    assert article.title == "Ports 6881, 6882, 6883, 6969: BitTorrent"
    assert article.summary == "Ports 6881-6883 are BitTorrent's old default."
    assert [(s.heading, s.text.splitlines()[0]) for s in article.sections] == [
        ("What it is", "A range, not a port.")
    ]
    assert "## no heading" in article.sections[0].text
    assert [(faq.question, faq.answer) for faq in article.faqs] == [
        ("Do I need all of them?", "No, one is enough."),
        ("Which one?", "Any."),
    ]
    assert article.disputed == ("It is said to be registered; it is not.",)
    assert article.related == (51413,)
    assert article.sources[0] == Source("IANA", "https://www.iana.org/")


def test_what_it_claims_can_be_checked(tmp_path: Path) -> None:
    file = articles.read(written(tmp_path))
    assert file.claims.service == ""
    assert file.claims.status == {TCP: "unassigned", UDP: "unassigned"}
    (use,) = file.claims.uses
    assert (use.product, use.first, use.last, use.weight) == ("BitTorrent", 6881, 6883, 70)
    assert use.source.title == "BEP 3"
    (risk,) = file.claims.risks
    assert (risk.kind, risk.protocol, risk.first) == (RiskKind.EXPOSURE, None, 6881)


def test_each_claim_has_its_line(tmp_path: Path) -> None:
    file = articles.read(written(tmp_path))
    text = ARTICLE.splitlines()
    for place, begin in {
        "service": "service:",
        "status.tcp": "status:",
        "summary": "summary:",
        "uses.0": "  - {product",
        "uses.0.official": "  - {product",
        "sources.1.title": '  - {title: "BEP',
        "## FAQ": "## FAQ",
        "### Which one?": "### Which",
    }.items():
        assert text[file.lines[place] - 1].startswith(begin), place


@pytest.mark.parametrize(
    ("name", "ports", "service", "title"),
    [
        ("00576-ipcd.md", "[576]", "ipcd", "Port 576: ipcd"),
        ("00756-unassigned.md", "[756]", "null", "Port 756: unassigned"),
        ("25565-bit-torrent.md", "[25565]", "null", "Port 25565: BitTorrent"),
        ("00137-netbios.md", '["137-139"]', "netbios-ns", "Ports 137-139: netbios-ns"),
    ],
)
def test_a_title_is_composed(
    tmp_path: Path, name: str, ports: str, service: str, title: str
) -> None:
    text = ARTICLE.replace('["6881-6883", 6969]', ports)
    text = text.replace("service: null", f"service: {service}")
    assert articles.read(written(tmp_path, text, name)).article.title == title


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("ports:", "port:", "ports is missing"),
        ("related:", "relatad:", "relatad is not a field"),
        ("[51413]", "[65536]", "related must hold port numbers, not 65536"),
        ('["6881-6883", 6969]', "[6882]", "must begin with 6881"),
        ('["6881-6883", 6969]', "[]", "ports must hold at least one"),
        ('["6881-6883", 6969]', '["6883-6881"]', "no range of ports"),
        ('["6881-6883", 6969]', "[yes]", "must hold numbers and ranges"),
        ("tcp: unassigned", "tcp: free", "status.tcp must be one of assigned, reserved"),
        ("udp: unassigned", "dccp: unassigned", "status.udp is missing"),
        ("source: 2", "source: 3", "uses.0.source must be a number from 1 to 2"),
        ("official: false", "official: perhaps", "uses.0.official must be true or false"),
        ("kind: exposure", "kind: danger", "risks.0.kind must be one of malware"),
        ("protocol: tcp", "protocol: icmp", "uses.0.protocol must be one of tcp"),
        ("product: BitTorrent", "product: 7", "put 7 in quotes"),
        ("service: null", "service: [a]", "service must be text"),
        ("  BitTorrent's old", "  " + "very " * 80, "300 are allowed"),
        ("## What it is\n\nA range", "A range", "text stands before the first heading"),
        ("Any.", "Any.\n\n## Security\n", "nothing stands below the heading 'Security'"),
        ("status: {tcp", "status: {{tcp", "front matter is not YAML"),
        ("---\nports", "ports", "has no front matter"),
    ],
)
def test_a_mistake_is_named_with_the_file(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in ARTICLE
    path = written(tmp_path, ARTICLE.replace(old, new, 1))
    with pytest.raises(SourceError) as caught:
        articles.read(path)
    assert str(caught.value).startswith(f"{path}")
    assert reason in caught.value.reason


def test_one_source_is_not_enough(tmp_path: Path) -> None:
    text = "".join(line for line in ARTICLE.splitlines(keepends=True) if "BEP 3" not in line)
    with pytest.raises(SourceError, match="sources must hold at least 2"):
        articles.read(written(tmp_path, text))


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"the name must be like 00576-ipcd\.md"):
        articles.read(written(tmp_path, name="6881.md"))


def test_two_articles_about_one_port_are_refused(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, name="06881-another.md")
    with pytest.raises(SourceError, match=r"06881-another\.md is about that port already"):
        list(articles.read_all(tmp_path))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "00001-x.md"
    path.write_bytes(b"---\nports: \xff\n---\n")
    with pytest.raises(SourceError, match="cannot be read"):
        articles.read(path)


def test_every_shipped_article_has_a_line_for_each_claim() -> None:
    count = 0
    for file in articles.read_all(SHIPPED / "articles"):
        count += 1
        text = file.path.read_text(encoding="utf-8").splitlines()
        assert text[file.lines["service"] - 1].startswith("service:")
        for place in range(len(file.claims.uses)):
            assert "product" in text[file.lines[f"uses.{place}.product"] - 1]
    assert count > 0


def test_no_shipped_text_looks_for_a_port_in_a_way_that_finds_others() -> None:
    loose = re.compile(r"\b(?:grep|findstr)\s+(?:-\w+\s+)?[\"']?:?\d+[\"']?(?=[\s`|]|$)")
    found = [
        f"{path.name}: {match[0]}"
        for folder in ("articles", "faqs")
        for path in sorted((SHIPPED / folder).glob("*.md"))
        for match in loose.finditer(path.read_text(encoding="utf-8"))
        if " -w " not in f"{match[0]} "
    ]
    assert found == []
