"""A rule in the words of Windows Defender Firewall: PowerShell, and netsh."""

from knowledge.commands.phrases import Caption, Caution
from knowledge.commands.rule import Rule, address
from knowledge.model import Command, Protocol

_PROTOCOLS = (Protocol.TCP, Protocol.UDP)  # port filters of Windows know no other with ports


def defender(rule: Rule) -> tuple[Command, ...]:
    """Return the rule for Windows Defender Firewall; empty for SCTP and DCCP."""
    if any(protocol not in _PROTOCOLS for protocol in rule.protocols):
        return ()
    side = "Local" if rule.inbound else "Remote"
    show = Command(
        f"Get-NetFirewallPortFilter | Where-Object {side}Port -eq {_quoted(rule)}"
        " | Get-NetFirewallRule",
        Caption.DEFENDER_RULES,
    )
    return (
        show,
        *(_powershell(rule, protocol) for protocol in rule.protocols),
        *(_netsh(rule, protocol) for protocol in rule.protocols),
    )


def _quoted(rule: Rule) -> str:
    ports = rule.ports("-")
    return ports if rule.single else f"'{ports}'"


def _name(rule: Rule, protocol: Protocol) -> str:
    verb = "Open" if rule.opens else "Close"
    return f"{verb} port {rule.ports('-')} {protocol.upper()} {rule.direction}"


def _caution(rule: Rule) -> Caution:
    return rule.caution if rule.opens else Caution.CLOSES_DEFENDER


def _powershell(rule: Rule, protocol: Protocol) -> Command:
    side = "Local" if rule.inbound else "Remote"
    source = "" if rule.source is None else f" -RemoteAddress {address(rule.source)}"
    return Command(
        f"New-NetFirewallRule -DisplayName '{_name(rule, protocol)}'"
        f" -Direction {'Inbound' if rule.inbound else 'Outbound'}"
        f" -Protocol {protocol.upper()} -{side}Port {rule.ports('-')}{source}"
        f" -Action {'Allow' if rule.opens else 'Block'}",
        Caption.DEFENDER_OPEN if rule.opens else Caption.DEFENDER_CLOSE,
        _caution(rule),
    )


def _netsh(rule: Rule, protocol: Protocol) -> Command:
    side = "local" if rule.inbound else "remote"
    source = "" if rule.source is None else f" remoteip={address(rule.source)}"
    return Command(
        f'netsh advfirewall firewall add rule name="{_name(rule, protocol)}"'
        f" dir={rule.direction} action={'allow' if rule.opens else 'block'}"
        f" protocol={protocol.upper()} {side}port={rule.ports('-')}{source}",
        Caption.NETSH_OPEN if rule.opens else Caption.NETSH_CLOSE,
        _caution(rule),
    )
