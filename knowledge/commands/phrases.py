"""The fixed English phrases beside commands, in one place so that they can be translated."""

from enum import StrEnum


class Caption(StrEnum):
    """What a command tells or does."""

    # what listens, what is connected
    LISTENS = "What listens, with its process"
    LISTENS_TCP = "What listens on TCP, with its process"
    LISTENS_UDP = "What is bound on UDP, with its process"
    LISTENS_DCCP = "What listens on DCCP (Linux before 6.16), with its process"
    ENDPOINTS_TCP = "What listens on TCP"
    ENDPOINTS_UDP = "What is bound on UDP"
    PROCESS_TCP = "The process that listens on TCP"
    PROCESS_UDP = "The process that is bound on UDP"
    CONNECTED = "What is connected, at either end"
    COMMAND_PROMPT = "The same in the Command Prompt"
    # whether a host answers
    REACH_TCP = "Whether HOST answers on TCP"
    REACH_TCP_BASH = "The same without nc: prints open"
    REACH_UDP = "Whether HOST answers on UDP"
    REACH_UDP_NMAP = "Whether HOST answers on UDP, with Nmap"
    REACH_SCTP = "Whether HOST answers on SCTP, with Nmap"
    # firewalls
    UFW_OPEN = "ufw: open"
    UFW_CLOSE = "ufw: close"
    FIREWALLD_OPEN = "firewalld: open, kept over a restart"
    FIREWALLD_CLOSE = "firewalld: close, kept over a restart"
    FIREWALLD_POLICY = "firewalld: a policy for outgoing traffic, once"
    FIREWALLD_INGRESS = "firewalld: it begins at this machine, once"
    FIREWALLD_EGRESS = "firewalld: it ends anywhere, once"
    FIREWALLD_APPLY = "firewalld: apply"
    NFTABLES_OPEN = "nftables: open, in the table inet filter"
    NFTABLES_CLOSE = "nftables: close, in the table inet filter"
    NFTABLES_LIST = "nftables: the rules, with their handles"
    IPTABLES_OPEN = "iptables: open for IPv4"
    IPTABLES_CLOSE = "iptables: close for IPv4"
    IP6TABLES_OPEN = "ip6tables: open for IPv6"
    IP6TABLES_CLOSE = "ip6tables: close for IPv6"
    DEFENDER_RULES = "Windows Defender Firewall: rules that name the port"
    DEFENDER_OPEN = "Windows Defender Firewall, as administrator: open"
    DEFENDER_CLOSE = "Windows Defender Firewall, as administrator: close"
    NETSH_OPEN = "The same with netsh: open"
    NETSH_CLOSE = "The same with netsh: close"
    APPLICATION_FIREWALL = "Application Firewall: whether it is on"
    PF_OPEN = "pf: open"
    PF_CLOSE = "pf: close"
    PF_ENABLE = "pf: turn it on"
    PF_FILE_OPEN = "pf, as root: open, in pf.conf"
    PF_FILE_CLOSE = "pf, as root: close, in pf.conf"
    PF_CHECK = "pf, as root: check the file"
    PF_APPLY = "pf, as root: apply"
    # what holds it
    HOLDER = "What holds it"
    UNIT = "The systemd unit it belongs to"
    SERVICE = "The Windows service it belongs to"
    STOP = "Ask it to stop"
    STOP_BY_ID = "Ask it to stop, by its process id"
    STOP_FORCED = "End it by force"
    # containers
    DOCKER_WHO = "Which container publishes it"
    DOCKER_LOCAL = "Publish it to this machine only"
    DOCKER_ALL = "Publish it to every address"
    COMPOSE = "The line in compose.yaml, under the service"
    COMPOSE_WHERE = "Where Compose publishes it"
    KUBERNETES_WHO = "Which Kubernetes Service has it"
    KUBERNETES_FORWARD = "Forward it from a Kubernetes Service"


class Caution(StrEnum):
    """What to know before running a command, in one sentence."""

    SILENCE = (
        "Silence proves nothing on UDP: open, filtered and dropped look the same (open|filtered)."
    )
    OPENS = "Everyone who can route to this machine may then connect."
    OPENS_TO_SOURCE = "It limits nothing where a wider rule already opens the port."
    OPENS_OUTWARD = "Programs on this machine may then send to this port anywhere."
    OPENS_UNTIL_RESTART = (
        "Everyone who can route here may then connect, and the rule is lost at a restart unless "
        "you save it."
    )
    OPENS_TO_SOURCE_UNTIL_RESTART = (
        "It limits nothing where a wider rule opens the port, and is lost at a restart unless you "
        "save it."
    )
    OPENS_OUTWARD_UNTIL_RESTART = (
        "Programs here may then send to this port anywhere; lost at a restart unless you save it."
    )
    CLOSES = "Make sure that you do not reach this machine through the port yourself."
    CLOSES_UFW = "Do not lock yourself out, and note that ports published by Docker pass by ufw."
    CLOSES_FIREWALLD = (
        "A port that was opened as part of a service is closed with --remove-service instead."
    )
    CLOSES_DEFENDER = (
        "A block wins over every rule that allows, until you take it away with "
        "Remove-NetFirewallRule."
    )
    CLOSES_UNTIL_RESTART = (
        "Do not lock yourself out, and note that the rule is lost at a restart unless you save it."
    )
    CLOSES_OUTWARD = "Programs on this machine can then no longer reach this port anywhere."
    CLOSES_OUTWARD_UNTIL_RESTART = (
        "Programs here can then no longer reach this port anywhere; lost at a restart unless you "
        "save it."
    )
    APPLIES_SAVED = "It drops rules that were added without --permanent."
    PF_REPLACES = (
        "It replaces what this anchor held; connections that exist stay, and a restart forgets it."
    )
    PF_APPENDS = "The last matching rule wins, unless one before it says quick."
    PF_TURNS_ON = "All rules loaded in pf take effect."
    STOPS = "Whatever uses the program is cut off, and a service manager may start it again."
    STOPS_WINDOWS = "Process 4 is Windows itself (System): leave it, and stop its service instead."
    STOPS_FORCED = "Only after asking has failed: the program cannot save anything."
    PUBLISHES = "Docker publishes past ufw and firewalld: the whole network may then connect."
    PUBLISHES_LOCAL = "It starts a new container; IMAGE is yours to fill in."
    CHANGES_POLICY = "It changes the firewall's saved configuration."
