"""A rule in the words of pf, on macOS and on FreeBSD."""

from knowledge.commands.phrases import Caption, Caution
from knowledge.commands.rule import Rule, address
from knowledge.model import Command, Protocol

_FILE = "/etc/pf.conf"


def macos_pf(rule: Rule) -> tuple[Command, ...]:
    """Return the rule for pf on macOS; empty for SCTP and DCCP, which macOS has not.

    It is loaded into an anchor of its own below `com.apple/*`, which the system's pf.conf
    evaluates, so that no file of the system is changed.
    """
    if not _by_port(rule):
        return ()
    anchor = f"com.apple/port-{rule.ports('-')}-{rule.direction}"
    load = Command(
        f'echo "{_line(rule, " quick")}" | sudo pfctl -a {anchor} -f -',
        Caption.PF_OPEN if rule.opens else Caption.PF_CLOSE,
        Caution.PF_REPLACES,
    )
    if rule.opens:
        # macOS passes everything in pf unless told otherwise; its other firewall is by program.
        state = "/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate"
        return Command(state, Caption.APPLICATION_FIREWALL), load
    return load, Command("sudo pfctl -E", Caption.PF_ENABLE, Caution.PF_TURNS_ON)


def freebsd_pf(rule: Rule) -> tuple[Command, ...]:
    """Return the rule for pf on FreeBSD, for root: saved, checked, applied.

    Empty for SCTP and DCCP: pf tells SCTP's ports apart only in the newest releases.
    """
    if not _by_port(rule):
        return ()
    return (
        Command(
            f"echo '{_line(rule)}' >> {_FILE}",
            Caption.PF_FILE_OPEN if rule.opens else Caption.PF_FILE_CLOSE,
            Caution.PF_APPENDS,
        ),
        Command(f"pfctl -nf {_FILE}", Caption.PF_CHECK),
        Command("service pf reload", Caption.PF_APPLY, rule.caution),
    )


def _by_port(rule: Rule) -> bool:
    return all(protocol in (Protocol.TCP, Protocol.UDP) for protocol in rule.protocols)


def _line(rule: Rule, quick: str = "") -> str:
    verdict = "pass" if rule.opens else ("block" if rule.inbound else "block return")
    protocols = rule.protocols
    which = protocols[0] if len(protocols) == 1 else f"{{ {', '.join(protocols)} }}"
    # The grammar in pf.conf(5) wants both ends named.
    source = "any" if rule.source is None else address(rule.source)
    return (
        f"{verdict} {rule.direction}{quick} proto {which} from {source}"
        f" to any port {rule.ports(':')}"
    )
