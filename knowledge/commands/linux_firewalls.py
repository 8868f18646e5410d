"""A rule in the words of ufw, firewalld, nftables and iptables."""

from knowledge.commands.phrases import Caption, Caution
from knowledge.commands.rule import Rule, address
from knowledge.model import Command, Protocol

_UFW_PROTOCOLS = (Protocol.TCP, Protocol.UDP)  # ufw 0.36 knows neither SCTP nor DCCP
_POLICY = "port-rules-out"


def ufw(rule: Rule) -> tuple[Command, ...]:
    """Return the rule for ufw; empty for SCTP and DCCP, which it does not know."""
    if any(protocol not in _UFW_PROTOCOLS for protocol in rule.protocols):
        return ()
    caution = Caution.CLOSES_UFW if rule.caution is Caution.CLOSES else rule.caution
    caption = Caption.UFW_OPEN if rule.opens else Caption.UFW_CLOSE
    # Without a protocol ufw means both, but a range it takes only with one.
    protocols = rule.protocols if len(rule.protocols) == 1 or not rule.single else (None,)
    return tuple(Command(_ufw_line(rule, one), caption, caution) for one in protocols)


def _ufw_line(rule: Rule, protocol: Protocol | None) -> str:
    verb = "allow" if rule.opens else "deny"
    port = rule.ports(":")
    if rule.source is not None:
        only = f" proto {protocol}" if protocol else ""
        return f"sudo ufw {verb} from {address(rule.source)} to any port {port}{only}"
    out = "" if rule.inbound else "out "
    return (
        f"sudo ufw {verb} {out}{port}/{protocol}" if protocol else f"sudo ufw {verb} {out}{port}"
    )


def firewalld(rule: Rule) -> tuple[Command, ...]:
    """Return the rule for firewalld: saved, then applied.

    What leaves the machine is a policy's affair there (firewalld 0.9 and later).
    """
    permanent = "sudo firewall-cmd --permanent"
    ports = rule.ports("-")
    caption = Caption.FIREWALLD_OPEN if rule.opens else Caption.FIREWALLD_CLOSE
    apply = Command("sudo firewall-cmd --reload", Caption.FIREWALLD_APPLY, Caution.APPLIES_SAVED)
    if not rule.inbound:
        change = "remove" if rule.opens else "add"
        policy = f"{permanent} --policy={_POLICY}"
        rules = tuple(
            Command(
                f"{policy} --{change}-rich-rule="
                f"'rule port port={ports} protocol={protocol} reject'",
                caption,
                rule.caution,
            )
            for protocol in rule.protocols
        )
        return (*rules, apply) if rule.opens else (*_outward_policy(), *rules, apply)
    if rule.source is None:
        change = "add" if rule.opens else "remove"
        caution = rule.caution if rule.opens else Caution.CLOSES_FIREWALLD
        lines = [f"{permanent} --{change}-port={ports}/{protocol}" for protocol in rule.protocols]
    else:
        verdict = "accept" if rule.opens else "drop"
        caution = rule.caution
        lines = [
            f"{permanent} --add-rich-rule='rule family=ipv{rule.source.version}"
            f" source address={address(rule.source)}"
            f" port port={ports} protocol={protocol} {verdict}'"
            for protocol in rule.protocols
        ]
    return *(Command(line, caption, caution) for line in lines), apply


def _outward_policy() -> tuple[Command, ...]:
    permanent = "sudo firewall-cmd --permanent"
    policy = f"{permanent} --policy={_POLICY}"
    caution = Caution.CHANGES_POLICY
    return (
        Command(f"{permanent} --new-policy={_POLICY}", Caption.FIREWALLD_POLICY, caution),
        Command(f"{policy} --add-ingress-zone=HOST", Caption.FIREWALLD_INGRESS, caution),
        Command(f"{policy} --add-egress-zone=ANY", Caption.FIREWALLD_EGRESS, caution),
    )


def nftables(rule: Rule) -> tuple[Command, ...]:
    """Return the rule for nftables, in the table and chains that distributions set up.

    It is put first in its chain, so that an earlier rule does not decide before it.
    """
    chain = "input" if rule.inbound else "output"
    source = ""
    if rule.source is not None:
        family = "ip" if rule.source.version == 4 else "ip6"  # noqa: PLR2004
        source = f"{family} saddr {address(rule.source)} "
    if len(rule.protocols) == 1:
        port = f"{rule.protocols[0]} dport {rule.ports('-')}"
    else:
        port = f"meta l4proto '{{ {', '.join(rule.protocols)} }}' th dport {rule.ports('-')}"
    verdict = "accept" if rule.opens else ("drop" if rule.inbound else "reject")
    return (
        Command(
            f"sudo nft insert rule inet filter {chain} {source}{port} {verdict}",
            Caption.NFTABLES_OPEN if rule.opens else Caption.NFTABLES_CLOSE,
            rule.caution_until_restart,
        ),
        Command(f"sudo nft -a list chain inet filter {chain}", Caption.NFTABLES_LIST),
    )


def iptables(rule: Rule) -> tuple[Command, ...]:
    """Return the rule for iptables and ip6tables, put first in its chain."""
    chain = "INPUT" if rule.inbound else "OUTPUT"
    verdict = "ACCEPT" if rule.opens else ("DROP" if rule.inbound else "REJECT")
    source = "" if rule.source is None else f"-s {address(rule.source)} "
    tools = {
        4: ("iptables", Caption.IPTABLES_OPEN if rule.opens else Caption.IPTABLES_CLOSE),
        6: ("ip6tables", Caption.IP6TABLES_OPEN if rule.opens else Caption.IP6TABLES_CLOSE),
    }
    return tuple(
        Command(
            f"sudo {tool} -I {chain} {source}-p {protocol} --dport {rule.ports(':')} -j {verdict}",
            caption,
            rule.caution_until_restart,
        )
        for version, (tool, caption) in tools.items()
        if rule.source is None or rule.source.version == version
        for protocol in rule.protocols
    )
