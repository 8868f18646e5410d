import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.commands import Caption, Caution, Direction, close_commands, open_commands
from knowledge.model import Command, Protocol, System

BOTH = (Protocol.TCP, Protocol.UDP)
PORT = 747
LONGER = 7470

# What a careful machine has before any port is opened; the marker port and what IPv6 needs to
# find its neighbours pass, everything else that comes in is dropped.
NFTABLES = (
    "nft add table inet filter",
    "nft 'add chain inet filter input { type filter hook input priority 0; policy drop; }'",
    "nft 'add chain inet filter output { type filter hook output priority 0; }'",
    "nft add rule inet filter input meta l4proto ipv6-icmp accept",
    "nft add rule inet filter input tcp dport 9 accept",
)
IPTABLES = (
    "iptables -P INPUT DROP",
    "iptables -A INPUT -p tcp --dport 9 -j ACCEPT",
    "ip6tables -P INPUT DROP",
    "ip6tables -A INPUT -p ipv6-icmp -j ACCEPT",
    "ip6tables -A INPUT -p tcp --dport 9 -j ACCEPT",
)
FIREWALLS = {
    "nft": (NFTABLES, {Caption.NFTABLES_OPEN, Caption.NFTABLES_CLOSE}),
    "iptables": (
        IPTABLES,
        {
            Caption.IPTABLES_OPEN,
            Caption.IPTABLES_CLOSE,
            Caption.IP6TABLES_OPEN,
            Caption.IP6TABLES_CLOSE,
        },
    ),
}


def lines(commands: tuple[Command, ...], tool: str) -> list[str]:
    found = [command.line for command in commands if command.caption in FIREWALLS[tool][1]]
    assert found
    return found


@pytest.fixture(params=FIREWALLS)
def tool(request: pytest.FixtureRequest, need: Callable[[str], None]) -> str:
    name = str(request.param)
    need(name)
    return name


@pytest.fixture
def guarded(cable: Any, tool: str) -> Any:
    """The guarded machine of the cable, with a firewall that lets nothing in."""
    able = cable.guarded.run(
        "nft list ruleset" if tool == "nft" else "iptables -S && ip6tables -S"
    )
    if able.returncode:
        pytest.skip(f"{tool} does not work here: {able.stderr.strip()}")
    for line in FIREWALLS[tool][0]:
        cable.guarded.must(line)
    return cable.guarded


@pytest.mark.parametrize("net", ["10.9.0.", "fd00:9::"], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("named", [Protocol.TCP, Protocol.UDP, None], ids=str)
def test_a_port_is_closed_then_opened_then_closed_again(
    guarded: Any, cable: Any, tool: str, named: Protocol | None, net: str
) -> None:
    meant = (named,) if named else BOTH
    listeners = {one: cable.listen(one, PORT) for one in BOTH}
    longer = cable.listen(meant[0], LONGER)
    assert all(cable.closed(listener, net) for listener in listeners.values())

    for line in lines(open_commands(PORT, named, System.LINUX), tool):
        guarded.must(line)
    assert all(cable.opened(listeners[one], net) for one in meant)
    assert all(cable.closed(listeners[one], net) for one in BOTH if one not in meant)
    assert cable.closed(longer, net)

    for line in lines(close_commands(PORT, named, System.LINUX), tool):
        guarded.must(line)
    assert all(cable.closed(listener, net) for listener in listeners.values())


@pytest.mark.parametrize(
    ("source", "inside", "outside"),
    [
        ("10.0.0.0/8", "10.9.0.", "192.0.2."),
        ("192.0.2.2", "192.0.2.", "10.9.0."),
        ("fd00::/8", "fd00:9::", "10.9.0."),
    ],
)
def test_a_port_is_opened_to_one_source_only(
    guarded: Any, cable: Any, tool: str, source: str, inside: str, outside: str
) -> None:
    listener = cable.listen(Protocol.TCP, PORT)
    for line in lines(open_commands(PORT, Protocol.TCP, System.LINUX, source), tool):
        guarded.must(line)
    assert cable.opened(listener, inside)
    assert cable.closed(listener, outside)


def test_one_source_is_shut_out_of_an_open_port(guarded: Any, cable: Any, tool: str) -> None:
    listener = cable.listen(Protocol.UDP, PORT)
    for commands in (
        open_commands(PORT, Protocol.UDP, System.LINUX),
        close_commands(PORT, Protocol.UDP, System.LINUX, "10.9.0.2"),
    ):
        for line in lines(commands, tool):
            guarded.must(line)
    assert cable.closed(listener, "10.9.0.")
    assert cable.opened(listener, "192.0.2.")


@pytest.mark.parametrize("tool", FIREWALLS, indirect=True)
def test_what_leaves_the_machine_is_refused_and_let_out_again(cable: Any, tool: str) -> None:
    if tool == "nft":
        for line in NFTABLES[:1] + NFTABLES[2:3]:
            cable.guarded.must(line)
    cable.listen(Protocol.TCP, 25, at=cable.stranger)
    connect = "timeout 20 bash -c '</dev/tcp/10.9.0.2/25'"
    cable.guarded.must(connect)
    closing = close_commands(25, Protocol.TCP, System.LINUX, direction=Direction.OUT)
    for line in lines(closing, tool):
        cable.guarded.must(line)
    assert "refused" in cable.guarded.run(connect).stderr
    opening = open_commands(25, Protocol.TCP, System.LINUX, direction=Direction.OUT)
    for line in lines(opening, tool):
        cable.guarded.must(line)
    cable.guarded.must(connect)


@pytest.mark.parametrize("protocol", [Protocol.SCTP, Protocol.DCCP], ids=str)
@pytest.mark.parametrize("make", [open_commands, close_commands])
def test_rules_for_sctp_and_dccp_are_loaded(
    guarded: Any, tool: str, protocol: Protocol, make: Any
) -> None:
    for line in lines(make(PORT, protocol, System.LINUX), tool):
        guarded.must(line)


@pytest.mark.parametrize("tool", ["nft"], indirect=True)
def test_nftables_lists_the_rules_with_the_handles_to_delete_them(guarded: Any, tool: str) -> None:
    *_, show = (
        command
        for command in open_commands(PORT, Protocol.TCP, System.LINUX)
        if command.caption is Caption.NFTABLES_LIST
    )
    for line in lines(open_commands(PORT, Protocol.TCP, System.LINUX), tool):
        guarded.must(line)
    handle = re.search(r"tcp dport 747 accept # handle (\d+)", guarded.must(show.line))
    assert handle
    guarded.must(f"nft delete rule inet filter input handle {handle[1]}")
    assert "747" not in guarded.must(show.line)


# ---------------------------------------------------------------- ufw


@pytest.mark.parametrize(
    ("make", "arguments", "rules"),
    [
        (open_commands, (Protocol.TCP,), ["-p tcp --dport 747 -j ACCEPT"]),
        (open_commands, (Protocol.UDP,), ["-p udp --dport 747 -j ACCEPT"]),
        (
            open_commands,
            (None,),
            ["-p tcp --dport 747 -j ACCEPT", "-p udp --dport 747 -j ACCEPT"],
        ),
        (close_commands, (Protocol.TCP,), ["-p tcp --dport 747 -j DROP"]),
        (
            open_commands,
            (Protocol.TCP, "10.0.0.0/8"),
            ["-p tcp --dport 747 -s 10.0.0.0/8 -j ACCEPT"],
        ),
        (
            open_commands,
            (Protocol.UDP, "fd00::/8"),
            ["-p udp --dport 747 -s fd00::/8 -j ACCEPT"],
        ),
        (
            close_commands,
            (None, "10.1.2.3"),
            [
                "-p tcp --dport 747 -s 10.1.2.3 -j DROP",
                "-p udp --dport 747 -s 10.1.2.3 -j DROP",
            ],
        ),
        (
            close_commands,
            (Protocol.TCP, None, Direction.OUT),
            ["-output -p tcp --dport 747 -j DROP"],
        ),
        (
            open_commands,
            (Protocol.TCP, None, Direction.OUT),
            ["-output -p tcp --dport 747 -j ACCEPT"],
        ),
    ],
)
def test_ufw_makes_the_rule_that_was_meant(
    make: Any,
    arguments: tuple[Any, ...],
    rules: list[str],
    cable: Any,
    need: Callable[[str], None],
) -> None:
    need("ufw")
    protocol, *rest = arguments
    line = make(PORT, protocol, System.LINUX, *rest)[0].line
    assert line.startswith("sudo ufw ")
    dry = cable.guarded.must(line.replace("sudo ufw ", "ufw --dry-run "))
    for rule in rules:
        assert rule in dry


@pytest.mark.parametrize("protocol", [Protocol.SCTP, Protocol.DCCP], ids=str)
def test_ufw_is_left_out_for_what_it_does_not_know(protocol: Protocol) -> None:
    assert not any("ufw" in c.line for c in open_commands(PORT, protocol, System.LINUX))


# ---------------------------------------------------------------- firewalld


@pytest.fixture
def firewalld(tmp_path: Path, shell: Any, need: Callable[[str], None]) -> Any:
    """Runs a firewall-cmd line against a saved configuration of the test's own."""
    need("firewall-offline-cmd")
    for folder in ("zones", "policies", "services", "icmptypes", "ipsets", "helpers"):
        (tmp_path / folder).mkdir()
    offline = f"firewall-offline-cmd --system-config {tmp_path}"

    def run(line: str) -> str:
        assert line.startswith("sudo firewall-cmd --permanent ")
        done = shell(line.replace("sudo firewall-cmd --permanent", offline))
        if "PermissionError" in done.stderr or "must be root" in done.stderr:
            pytest.skip("firewall-offline-cmd needs root")
        assert done.returncode == 0, done.stderr
        return "".join(path.read_text() for path in sorted(tmp_path.glob("*/*.xml")))

    return run


def firewalld_lines(commands: tuple[Command, ...]) -> list[str]:
    return [command.line for command in commands if "firewall-cmd" in command.line]


@pytest.mark.parametrize("protocol", [*Protocol, None], ids=str)
def test_firewalld_saves_the_port_and_takes_it_away_again(
    protocol: Protocol | None, firewalld: Any
) -> None:
    meant = (protocol,) if protocol else BOTH
    *opening, apply = firewalld_lines(open_commands(PORT, protocol, System.LINUX))
    assert apply == "sudo firewall-cmd --reload"
    saved = [firewalld(line) for line in opening][-1]
    for one in meant:
        assert f'<port port="747" protocol="{one}"/>' in saved
    *closing, apply = firewalld_lines(close_commands(PORT, protocol, System.LINUX))
    assert apply == "sudo firewall-cmd --reload"
    saved = [firewalld(line) for line in closing][-1]
    assert "747" not in saved


@pytest.mark.parametrize(
    ("make", "source", "verdict"),
    [
        (open_commands, "10.0.0.0/8", '<rule family="ipv4">'),
        (close_commands, "fd00::/8", '<rule family="ipv6">'),
    ],
)
def test_firewalld_saves_a_rule_for_one_source(
    make: Any, source: str, verdict: str, firewalld: Any
) -> None:
    *changes, _ = firewalld_lines(make(PORT, Protocol.TCP, System.LINUX, source))
    saved = [firewalld(line) for line in changes][-1]
    assert verdict in saved
    assert f'<source address="{source}"/>' in saved
    assert ("<accept/>" if make is open_commands else "<drop/>") in saved


def test_firewalld_stops_what_leaves_by_a_policy(firewalld: Any) -> None:
    closing = close_commands(25, Protocol.TCP, System.LINUX, direction=Direction.OUT)
    saved = [firewalld(line) for line in firewalld_lines(closing)[:-1]][-1]
    for part in ('<ingress-zone name="HOST"/>', '<egress-zone name="ANY"/>', "<reject/>"):
        assert part in saved
    opening = open_commands(25, Protocol.TCP, System.LINUX, direction=Direction.OUT)
    saved = [firewalld(line) for line in firewalld_lines(opening)[:-1]][-1]
    assert "<reject/>" not in saved


# ---------------------------------------------------------------- what is refused, and warned of


@pytest.mark.parametrize("source", ["", "10.0.0.0/33", "HOST", "10.0.0.1; id", "$(id)", "any"])
@pytest.mark.parametrize("system", System)
def test_a_source_that_is_no_address_is_refused(source: str, system: System) -> None:
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 network"):
        open_commands(PORT, Protocol.TCP, system, source)


def test_a_source_has_no_place_in_a_rule_about_what_leaves() -> None:
    with pytest.raises(ValueError, match="inbound"):
        close_commands(PORT, None, System.LINUX, "10.0.0.0/8", Direction.OUT)


@pytest.mark.parametrize(
    ("source", "written"),
    [("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3")],
)
@pytest.mark.parametrize("system", System)
def test_a_source_is_written_as_a_network(source: str, written: str, system: System) -> None:
    lines = [c.line for c in open_commands(PORT, Protocol.TCP, system, source)]
    changing = [line for line in lines if re.search(r"allow|accept|ACCEPT|pass|Allow", line)]
    assert changing
    assert all(re.search(rf"[ =]{re.escape(written)}( |$)", line) for line in changing)


def test_iptables_speaks_of_the_family_of_the_source_only() -> None:
    lines = [c.line for c in open_commands(PORT, Protocol.TCP, System.LINUX, "10.0.0.0/8")]
    assert any(line.startswith("sudo iptables") for line in lines)
    assert not any("ip6tables" in line for line in lines)


def test_what_a_restart_forgets_says_so() -> None:
    for command in open_commands(PORT, None, System.LINUX):
        if command.line.startswith(("sudo iptables", "sudo ip6tables", "sudo nft insert")):
            assert command.caution is Caution.OPENS_UNTIL_RESTART
            assert "lost at a restart" in command.caution
