"""The shipped tables of facts: uses, aliases, risks, browser blocks, ephemeral ranges."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import pytest

from knowledge.base import KnowledgeBase
from knowledge.build import SHIPPED
from knowledge.model import MAX_PORT, Assigned, Protocol, RiskKind, Use
from knowledge.sources import tables
from knowledge.text import squash

HTTPS = "https://"
TRANSPORTS = tuple(Protocol)

# What a person who asks for a product's port means, whatever else the product listens on.
MAIN_PORTS = {
    "SSH": 22,
    "FTP": 21,
    "DNS": 53,
    "DHCP": 67,
    "HTTP": 80,
    "HTTPS": 443,
    "SMTP": 25,
    "Mail submission": 587,
    "IMAP": 143,
    "IMAP over TLS": 993,
    "POP3": 110,
    "LDAP": 389,
    "LDAP over TLS": 636,
    "SMB": 445,
    "NFS": 2049,
    "SNMP": 161,
    "syslog": 514,
    "NTP": 123,
    "Kerberos": 88,
    "RADIUS": 1812,
    "TACACS+": 49,
    "BGP": 179,
    "Remote Desktop (RDP)": 3389,
    "WinRM": 5985,
    "PostgreSQL": 5432,
    "MySQL": 3306,
    "MariaDB": 3306,
    "Microsoft SQL Server": 1433,
    "Oracle Database": 1521,
    "MongoDB": 27017,
    "Redis": 6379,
    "Memcached": 11211,
    "Elasticsearch": 9200,
    "Kibana": 5601,
    "Neo4j": 7474,
    "Apache Cassandra": 9042,
    "RabbitMQ": 5672,
    "Apache Kafka": 9092,
    "MQTT": 1883,
    "etcd": 2379,
    "HashiCorp Consul": 8500,
    "HashiCorp Vault": 8200,
    "Docker Engine API": 2375,
    "Kubernetes API server": 6443,
    "kubelet": 10250,
    "Prometheus": 9090,
    "Prometheus Node Exporter": 9100,
    "Grafana": 3000,
    "Zabbix": 10050,
    "Jaeger": 16686,
    "OpenTelemetry Collector": 4317,
    "StatsD": 8125,
    "MinIO": 9000,
    "SonarQube": 9000,
    "Jenkins": 8080,
    "Home Assistant": 8123,
    "Plex Media Server": 32400,
    "Jellyfin": 8096,
    "Syncthing": 8384,
    "RTMP": 1935,
    "SIP": 5060,
    "STUN": 3478,
    "TeamSpeak 3": 9987,
    "Minecraft Java": 25565,
    "Minecraft Bedrock": 19132,
    "Counter-Strike 2": 27015,
    "Factorio": 34197,
    "Tor": 9050,
    "OpenVPN": 1194,
    "WireGuard": 51820,
    "Tailscale": 41641,
    "IPsec IKE": 500,
    "Squid": 3128,
    "Modbus TCP": 502,
    "BACnet/IP": 47808,
    "OPC UA": 4840,
    "CoAP": 5683,
    "IPMI": 623,
    "Bitcoin Core": 8333,
    "Ollama": 11434,
    "Vite": 5173,
    "Angular CLI": 4200,
    "Django": 8000,
    "Flask": 5000,
    "Jupyter": 8888,
    "Android Debug Bridge (ADB)": 5555,
}
# On a port that many share: what to think of first, and what must be told, too.
SHARED_PORTS: Mapping[int, tuple[str, set[str]]] = {
    3000: ("Node.js and React dev servers", {"Grafana", "Ruby on Rails", "Gitea"}),
    5000: ("Flask", {"Docker Registry", "Synology DSM", "AirPlay", "ASP.NET Core"}),
    8000: ("Django", {"FastAPI", "Python http.server", "Splunk"}),
    8080: ("HTTP", {"Apache Tomcat", "Jenkins", "Spring Boot"}),
    8443: ("HTTPS", {"Apache Tomcat", "UniFi Network"}),
    8888: ("Jupyter", {"MAMP", "HTTP", "Apache Druid"}),
    9000: ("MinIO", {"PHP-FPM", "SonarQube", "Portainer", "ClickHouse"}),
    9090: ("Prometheus", {"Cockpit"}),
    9100: ("Raw printing (JetDirect)", {"Prometheus Node Exporter"}),
}
ALIASES_OF = {
    "k8s": "Kubernetes API server",
    "pg": "PostgreSQL",
    "mssql": "Microsoft SQL Server",
    "rdp": "Remote Desktop (RDP)",
    "mongo": "MongoDB",
    "sshd": "OpenSSH",
    "mysqld": "MySQL",
    "dockerd": "Docker Engine API",
    "rabbitmq management ui": "RabbitMQ:15672",
    "bedrock server": "Minecraft Bedrock",
    "winrm https": "WinRM:5986",
    "snmp trap receiver": "SNMP:162",
    "syslog over tls": "syslog:6514",
    "radius accounting": "RADIUS:1813",
    "tor browser": "Tor:9150",
    "레디스": "Redis",
    "マイクラ": "Minecraft Java",
    "遠端桌面": "Remote Desktop (RDP)",
    "远程桌面": "Remote Desktop (RDP)",
}


@cache
def uses() -> tuple[Use, ...]:
    return tuple(tables.uses(SHIPPED / "uses.csv"))


@cache
def products() -> Mapping[str, tuple[Use, ...]]:
    found: dict[str, list[Use]] = defaultdict(list)
    for use in uses():
        found[use.product].append(use)
    return {product: tuple(of) for product, of in found.items()}


@cache
def aliases() -> tuple[tables.Alias, ...]:
    return tuple(tables.aliases(SHIPPED / "aliases.csv"))


def target_of(alias: tables.Alias) -> tuple[str, int | None]:
    name, _, digits = alias.target.rpartition(":")
    return (name, int(digits)) if name and digits.isdigit() else (alias.target, None)


def rows(name: str) -> list[dict[str, str]]:
    with (SHIPPED / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def first_of(ports: str) -> int:
    return int(ports.partition("-")[0])


# ---------------------------------------------------------------- uses


def test_uses_are_many_and_of_many_ports() -> None:
    assert len(uses()) >= 2200
    assert len({use.first for use in uses()}) >= 1500


def test_uses_stand_in_the_order_of_their_ports_the_most_often_met_first() -> None:
    for one, two in pairwise(uses()):
        assert (one.first, one.last, TRANSPORTS.index(one.protocol), -one.weight) <= (
            two.first,
            two.last,
            TRANSPORTS.index(two.protocol),
            -two.weight,
        ), f"{two.first}/{two.protocol} {two.product}"


def test_no_use_stands_twice() -> None:
    counted = Counter((use.first, use.last, use.protocol, use.product) for use in uses())
    assert [key for key, count in counted.items() if count > 1] == []


def test_no_two_products_differ_only_in_how_they_are_spelt() -> None:
    spelt = defaultdict(set)
    for product in products():
        spelt[squash(product)].add(product)
    assert [names for names in spelt.values() if len(names) > 1] == []


def test_a_product_name_holds_nothing_that_an_alias_target_reads_as_a_port() -> None:
    assert [product for product in products() if ":" in product] == []


def test_the_main_port_of_a_product_has_the_highest_weight_alone() -> None:
    for product, of in products().items():
        best = max(use.weight for use in of)
        assert len({(use.first, use.last) for use in of if use.weight == best}) == 1, product


@pytest.mark.parametrize(("product", "port"), MAIN_PORTS.items())
def test_a_well_known_product_has_its_well_known_main_port(product: str, port: int) -> None:
    assert max(products()[product], key=lambda use: use.weight).first == port


@pytest.mark.parametrize(("port", "expected"), SHARED_PORTS.items())
def test_a_shared_port_tells_the_likeliest_first(
    port: int, expected: tuple[str, set[str]]
) -> None:
    first, others = expected
    of = [use for use in uses() if use.first == use.last == port]
    of = [use for use in of if use.protocol is Protocol.TCP]
    assert max(of, key=lambda use: use.weight).product == first
    assert others <= {use.product for use in of}


def test_what_is_called_official_is_assigned_in_the_registry(base: KnowledgeBase) -> None:
    for use in uses():
        if use.official:
            for number in (use.first, use.last):
                state = base.facts(number).states[use.protocol]
                assert isinstance(state, Assigned), f"{number}/{use.protocol} {use.product}"


def test_a_product_on_the_port_that_bears_its_very_name_is_official(base: KnowledgeBase) -> None:
    for use in uses():
        state = base.facts(use.first).states[use.protocol]
        if use.first == use.last and isinstance(state, Assigned):
            names = {squash(one.name) for one in state.assignments}
            assert use.official or squash(use.product) not in names, f"{use.first} {use.product}"


def test_uses_agree_with_the_registry_names_of_the_reference_data(
    base: KnowledgeBase, shared: object
) -> None:
    """An independent copy of the registry: what is official there is a name here, too."""
    path = f"{shared}/data/common-service-ports.csv"
    with open(path, encoding="utf-8", newline="") as lines:  # noqa: PTH123 (a plain path)
        expected = [
            (int(row["port"]), Protocol(row["protocol"]), set(row["iana_name"].split("|")))
            for row in csv.DictReader(lines)
            if row["port"].isdigit() and row["iana_name"]
        ]
    official = {(use.first, use.protocol) for use in uses() if use.official}
    for port, protocol, names in expected:
        if (port, protocol) in official:
            state = base.facts(port).states[protocol]
            assert isinstance(state, Assigned)
            assert names & {one.name for one in state.assignments}, f"{port}/{protocol}"


def test_what_is_reported_by_the_encyclopedia_alone_weighs_little() -> None:
    for use in uses():
        if "wikipedia.org" in use.source.url:
            assert use.weight <= 60, f"{use.first} {use.product}"


# ---------------------------------------------------------------- aliases


def test_aliases_are_many_beyond_the_names_of_the_registry(base: KnowledgeBase) -> None:
    beyond = [one for one in aliases() if not base.assignments_of(one.alias)]
    assert len(beyond) >= 3500


def test_aliases_stand_in_order_in_lower_case_and_with_single_spaces() -> None:
    written = [one.alias for one in aliases()]
    assert written == sorted(written)
    assert [alias for alias in written if alias != " ".join(alias.lower().split())] == []


def test_no_alias_points_to_two_targets_however_it_is_spelt() -> None:
    found = defaultdict(set)
    for one in aliases():
        found[squash(one.alias)].add(one.target)
    assert [key for key, targets in found.items() if len(targets) > 1] == []


def test_no_alias_only_repeats_the_name_of_a_product() -> None:
    names = {squash(product) for product in products()}
    assert [one.alias for one in aliases() if squash(one.alias) in names] == []


def test_every_alias_target_exists_with_the_port_it_names(base: KnowledgeBase) -> None:
    for one in aliases():
        name, port = target_of(one)
        firsts = {use.first for use in products().get(name, ())}
        firsts |= {given.first for given in base.assignments_of(name)}
        assert firsts, one
        assert port is None or port in firsts, one


def test_an_alias_that_is_a_registered_name_means_more_than_that_name(
    base: KnowledgeBase,
) -> None:
    """It sends people to another port than the registry would, or it would not be needed."""
    for one in aliases():
        name, port = target_of(one)
        given = {assignment.first for assignment in base.assignments_of(one.alias)}
        if given and name in products():
            main = max(products()[name], key=lambda use: use.weight).first
            assert (main if port is None else port) not in given, one


@pytest.mark.parametrize(("alias", "target"), ALIASES_OF.items())
def test_names_that_people_type_mean_what_they_mean(alias: str, target: str) -> None:
    assert {one.alias: one.target for one in aliases()}[alias] == target


# ---------------------------------------------------------------- risks and the small tables


def test_risks_stand_in_order_and_none_twice() -> None:
    listed = rows("risks.csv")
    keys = [(first_of(row["port"]), row["port"], row["protocol"]) for row in listed]
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    counted = Counter((row["port"], row["protocol"], row["kind"], row["name"]) for row in listed)
    assert [key for key, count in counted.items() if count > 1] == []


def test_risks_of_every_kind_are_told_for_enough_ports() -> None:
    ports = defaultdict(set)
    for risk in tables.risks(SHIPPED / "risks.csv"):
        ports[risk.kind].add(risk.first)
    assert len(ports[RiskKind.MALWARE]) >= 200
    assert len(ports[RiskKind.EXPOSURE]) >= 120
    assert {17, 19, 53, 111, 123, 161, 389, 1900, 11211} <= ports[RiskKind.AMPLIFICATION]


def test_a_risk_is_one_calm_sentence() -> None:
    for risk in tables.risks(SHIPPED / "risks.csv"):
        assert risk.text.endswith("."), risk
        assert "!" not in risk.text, risk
        assert 20 <= len(risk.text) <= 160, risk


def test_amplification_is_a_matter_of_udp() -> None:
    for risk in tables.risks(SHIPPED / "risks.csv"):
        if risk.kind is RiskKind.AMPLIFICATION:
            assert risk.protocol is Protocol.UDP, risk


def test_malware_history_is_that_of_the_reference_data(shared: object) -> None:
    path = f"{shared}/data/malware-ports.csv"
    with open(path, encoding="utf-8", newline="") as lines:  # noqa: PTH123 (a plain path)
        expected = Counter((row["port"], row["protocol"]) for row in csv.DictReader(lines))
    told = Counter(
        (row["port"], row["protocol"]) for row in rows("risks.csv") if row["kind"] == "malware"
    )
    assert told == expected


def test_the_bad_ports_of_browsers_are_those_of_the_fetch_standard(shared: object) -> None:
    path = f"{shared}/data/browser-blocked-ports.csv"
    with open(path, encoding="utf-8", newline="") as lines:  # noqa: PTH123 (a plain path)
        expected = sorted(
            int(row["port"]) for row in csv.DictReader(lines) if row["fetch_standard"] == "yes"
        )
    assert [int(row["port"]) for row in rows("browser-blocked.csv")] == expected
    assert len(expected) == 83


def test_todays_ephemeral_ranges_are_one_for_each_system() -> None:
    current = [row for row in rows("ephemeral.csv") if row["current"] == "yes"]
    systems = [row["system"] for row in current]
    assert len(systems) == len(set(systems))
    assert {"Linux", "Windows", "macOS", "FreeBSD"} <= set(systems)
    ranges = {row["system"]: (int(row["first"]), int(row["last"])) for row in current}
    assert ranges["Linux"] == (32768, 60999)
    assert ranges["Windows"] == ranges["macOS"] == (49152, MAX_PORT)
    assert ranges["FreeBSD"] == (10000, MAX_PORT)


def test_ephemeral_ranges_stand_in_order() -> None:
    bounds = [(int(row["first"]), int(row["last"])) for row in rows("ephemeral.csv")]
    assert bounds == sorted(bounds)
    assert all(first <= last for first, last in bounds)


@pytest.mark.parametrize("name", ["uses.csv", "risks.csv", "browser-blocked.csv", "ephemeral.csv"])
def test_every_row_says_where_its_fact_comes_from(name: str) -> None:
    for row in rows(name):
        assert len(row["source_title"]) > 3, row
        assert row["source_url"].startswith(HTTPS), row
        assert " " not in row["source_url"], row
