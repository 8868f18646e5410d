from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.build import SHIPPED
from knowledge.model import Protocol, RiskKind, Source
from knowledge.sources import tables
from knowledge.sources.faults import SourceError

USES = ",".join(tables.USES)
RISKS = ",".join(tables.RISKS)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_use_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        USES,
        "60000-61000,udp,Mosh,sessions,no,40,remote access,own,public,Mosh,https://mosh.org/",
    )
    (use,) = tables.uses(path)
    assert (use.first, use.last, use.protocol) == (60000, 61000, Protocol.UDP)
    assert (use.product, use.official, use.weight) == ("Mosh", False, 40)
    assert use.source == Source("Mosh", "https://mosh.org/")


def test_a_risk_may_be_of_any_protocol(tmp_path: Path) -> None:
    path = written(tmp_path, RISKS, "23,,exposure,Telnet,Everything is sent in the clear.,,A,b")
    (risk,) = tables.risks(path)
    assert (risk.kind, risk.protocol, risk.first) == (RiskKind.EXPOSURE, None, 23)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x,tcp,P,,no,1,,,,S,", "port 'x' is no port"),
        ("70000,tcp,P,,no,1,,,,S,", "port '70000' is no port"),
        ("9-8,tcp,P,,no,1,,,,S,", "port '9-8' is no port"),
        ("80,ip,P,,no,1,,,,S,", "protocol must be one of tcp, udp, sctp, dccp"),
        ("80,tcp,,,no,1,,,,S,", "product is empty"),
        ("80,tcp,P,,maybe,1,,,,S,", "official must be yes or no"),
        ("80,tcp,P,,no,101,,,,S,", "weight must be a number from 1 to 100"),
        (
            "80,tcp,P,,no,1,,ssl,,S,",
            "tls must be optional, own, plaintext, starttls, tls or empty",
        ),
        ("80,tcp,P,,no,1,,,all,S,", "exposure must be client, lan"),
        ("80,tcp,P,,no,1,,,,,", "source_title is empty"),
        ("80,tcp,P,,no,1", "has 6 fields, not 11"),
        ('80,tcp,"P,,no,1,,,,S,', "unexpected end of data"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = written(tmp_path, USES, "22,tcp,OpenSSH,,yes,99,,own,,IANA,https://iana.org/", line)
    with pytest.raises(SourceError) as caught:
        list(tables.uses(path))
    assert reason in caught.value.reason
    if "unexpected" not in reason:
        assert str(caught.value).startswith(f"{path}:3: ")


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the columns must be alias,target"):
        list(tables.aliases(written(tmp_path, "name,target", "a,b")))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: cannot be read"):
        list(tables.uses(tmp_path / "none.csv"))


def test_an_alias_stands_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="alias 'K8S' stands in line 2 already"):
        list(tables.aliases(written(tmp_path, "alias,target", "k8s,Kubernetes", "K8S,Other")))


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (tables.uses, "uses.csv"),
        (tables.aliases, "aliases.csv"),
        (tables.risks, "risks.csv"),
        (tables.browser_blocked, "browser-blocked.csv"),
        (tables.ephemeral, "ephemeral.csv"),
        (tables.preferred, "registry-preferred.csv"),
    ],
)
def test_every_shipped_table_is_read(read: Callable[[Path], Iterator[object]], name: str) -> None:
    assert len(list(read(SHIPPED / name))) > 0
