"""The fixed English phrases beside commands, in one place so that they can be translated."""

from enum import StrEnum

from knowledge.phrasebook import _


class Caption(StrEnum):
    """What a command tells or does."""

    # what listens, what is connected
    # Translators: captions of commands, one line each; they stand above a command as a comment.
    LISTENS = _("What listens, with its process")
    LISTENS_TCP = _("What listens on TCP, with its process")
    LISTENS_UDP = _("What is bound on UDP, with its process")
    LISTENS_DCCP = _("What listens on DCCP (Linux before 6.16), with its process")
    ENDPOINTS_TCP = _("What listens on TCP")
    ENDPOINTS_UDP = _("What is bound on UDP")
    PROCESS_TCP = _("The process that listens on TCP")
    PROCESS_UDP = _("The process that is bound on UDP")
    CONNECTED = _("What is connected, at either end")
    COMMAND_PROMPT = _("The same in the Command Prompt")
    # whether a host answers
    # Translators: HOST is a placeholder in the command, and stays as it is.
    REACH_TCP = _("Whether HOST answers on TCP")
    # Translators: the command prints the word "open".
    REACH_TCP_BASH = _("The same without nc: prints open")
    REACH_UDP = _("Whether HOST answers on UDP")
    REACH_UDP_NMAP = _("Whether HOST answers on UDP, with Nmap")
    REACH_SCTP = _("Whether HOST answers on SCTP, with Nmap")
    # firewalls
    # Translators: what the command of a firewall does with a port: "ufw" is the tool, and stays.
    UFW_OPEN = _("ufw: open")
    UFW_CLOSE = _("ufw: close")
    FIREWALLD_OPEN = _("firewalld: open, kept over a restart")
    FIREWALLD_CLOSE = _("firewalld: close, kept over a restart")
    FIREWALLD_POLICY = _("firewalld: a policy for outgoing traffic, once")
    FIREWALLD_INGRESS = _("firewalld: it begins at this machine, once")
    FIREWALLD_EGRESS = _("firewalld: it ends anywhere, once")
    FIREWALLD_APPLY = _("firewalld: apply")
    NFTABLES_OPEN = _("nftables: open, in the table inet filter")
    NFTABLES_CLOSE = _("nftables: close, in the table inet filter")
    # Translators: handles: the numbers by which nft names rules.
    NFTABLES_LIST = _("nftables: the rules, with their handles")
    IPTABLES_OPEN = _("iptables: open for IPv4")
    IPTABLES_CLOSE = _("iptables: close for IPv4")
    IP6TABLES_OPEN = _("ip6tables: open for IPv6")
    IP6TABLES_CLOSE = _("ip6tables: close for IPv6")
    # Translators: Microsoft's own name of the firewall in your language.
    DEFENDER_RULES = _("Windows Defender Firewall: rules that name the port")
    DEFENDER_OPEN = _("Windows Defender Firewall, as administrator: open")
    DEFENDER_CLOSE = _("Windows Defender Firewall, as administrator: close")
    NETSH_OPEN = _("The same with netsh: open")
    NETSH_CLOSE = _("The same with netsh: close")
    # Translators: the firewall of macOS, by Apple's name for it.
    APPLICATION_FIREWALL = _("Application Firewall: whether it is on")
    PF_OPEN = _("pf: open")
    PF_CLOSE = _("pf: close")
    PF_ENABLE = _("pf: turn it on")
    PF_FILE_OPEN = _("pf, as root: open, in pf.conf")
    PF_FILE_CLOSE = _("pf, as root: close, in pf.conf")
    PF_CHECK = _("pf, as root: check the file")
    PF_APPLY = _("pf, as root: apply")
    # what holds it
    # Translators: which program has the port.
    HOLDER = _("What holds it")
    UNIT = _("The systemd unit it belongs to")
    SERVICE = _("The Windows service it belongs to")
    # Translators: "it" is the program that holds the port.
    STOP = _("Ask it to stop")
    STOP_BY_ID = _("Ask it to stop, by its process id")
    STOP_FORCED = _("End it by force")
    # containers
    # Translators: "it" is the port.
    DOCKER_WHO = _("Which container publishes it")
    DOCKER_LOCAL = _("Publish it to this machine only")
    DOCKER_ALL = _("Publish it to every address")
    COMPOSE = _("The line in compose.yaml, under the service")
    COMPOSE_WHERE = _("Where Compose publishes it")
    KUBERNETES_WHO = _("Which Kubernetes Service has it")
    KUBERNETES_FORWARD = _("Forward it from a Kubernetes Service")


class Caution(StrEnum):
    """What to know before running a command, in one sentence."""

    # Translators: cautions, each after "Careful:".
    SILENCE = _(
        "Silence proves nothing on UDP: open, filtered and dropped look the same (open|filtered)."
    )
    OPENS = _("Everyone who can route to this machine may then connect.")
    OPENS_TO_SOURCE = _("It limits nothing where a wider rule already opens the port.")
    OPENS_OUTWARD = _("Programs on this machine may then send to this port anywhere.")
    OPENS_UNTIL_RESTART = _(
        "Everyone who can route here may then connect, and the rule is lost at a restart unless "
        "you save it."
    )
    OPENS_TO_SOURCE_UNTIL_RESTART = _(
        "It limits nothing where a wider rule opens the port, and is lost at a restart unless you "
        "save it."
    )
    OPENS_OUTWARD_UNTIL_RESTART = _(
        "Programs here may then send to this port anywhere; lost at a restart unless you save it."
    )
    CLOSES = _("Make sure that you do not reach this machine through the port yourself.")
    # Translators: ufw has no say over the ports that Docker publishes.
    CLOSES_UFW = _(
        "Do not lock yourself out, and note that ports published by Docker pass by ufw."
    )
    CLOSES_FIREWALLD = _(
        "A port that was opened as part of a service is closed with --remove-service instead."
    )
    CLOSES_DEFENDER = _(
        "A block wins over every rule that allows, until you take it away with "
        "Remove-NetFirewallRule."
    )
    CLOSES_UNTIL_RESTART = _(
        "Do not lock yourself out, and note that the rule is lost at a restart unless you save it."
    )
    CLOSES_OUTWARD = _("Programs on this machine can then no longer reach this port anywhere.")
    CLOSES_OUTWARD_UNTIL_RESTART = _(
        "Programs here can then no longer reach this port anywhere; lost at a restart unless you "
        "save it."
    )
    APPLIES_SAVED = _("It drops rules that were added without --permanent.")
    PF_REPLACES = _(
        "It replaces what this anchor held; connections that exist stay, and a restart forgets it."
    )
    PF_APPENDS = _("The last matching rule wins, unless one before it says quick.")
    PF_TURNS_ON = _("All rules loaded in pf take effect.")
    STOPS = _("Whatever uses the program is cut off, and a service manager may start it again.")
    STOPS_WINDOWS = _(
        "Process 4 is Windows itself (System): leave it, and stop its service instead."
    )
    STOPS_FORCED = _("Only after asking has failed: the program cannot save anything.")
    PUBLISHES = _("Docker publishes past ufw and firewalld: the whole network may then connect.")
    # Translators: IMAGE is a placeholder in the command, and stays as it is.
    PUBLISHES_LOCAL = _("It starts a new container; IMAGE is yours to fill in.")
    CHANGES_POLICY = _("It changes the firewall's saved configuration.")
