"""Tells commands to type from prose that begins with a command's name."""

import re

_PROGRAMS_TEXT = """
    arp brew cat certutil curl dig docker docker-compose echo ethtool exec fail2ban-client
    firewall-cmd fuser grep host ifconfig ip ip6tables iptables iptables-save journalctl kill
    killall kubectl launchctl ldapsearch ls lsof mosquitto_pub mosquitto_sub mysql nc ncat
    ncpa.cpl net netcat netsh netstat networksetup nft nix nmap npx nslookup openssl pfctl ping
    pkill podman powershell powershell.exe ps psql python python3 rcctl redis-cli resmon
    rpcinfo sc sc.exe semanage service showmount smbclient snmpget snmpwalk sockstat socat ss
    ssh ssh-keygen sudo doas sysctl systemctl taskkill tasklist tcpdump telnet
    test-netconnection tnc tracert traceroute tshark ufw wget whois wmic wscat zgrep
"""
_PROGRAMS = frozenset(_PROGRAMS_TEXT.split())
_SHELLS = frozenset(
    {"sh", "bash", "zsh", "shell", "console", "powershell", "ps1", "pwsh", "cmd", "bat"}
)
_CMDLET = re.compile(r"(?:Get|Set|New|Test|Stop|Start|Remove|Enable|Disable|Invoke)-[A-Z]\w+$")
_PROMPT = re.compile(
    r"(?:[$%❯➜]|PS(?: [A-Z]:\\[^>\n]{0,80})?>|[A-Z]:\\[^>\n]{0,80}>|[\w.-]{1,32}@[\w.-]{1,64}"
    r"[: ][^$#\n]{0,80}[$#])\s*(?=\S)"
)
_ROOT_PROMPT = re.compile(r"#\s+(?=\S)")
# What follows a program's name in prose: "ss is the successor of netstat".
_PROSE_TEXT = """
    a an and are as at be been but by can could command commands connects does for from gives
    had has have in into is it its listens lists may means might never not of on or output
    outputs prints programs should shows that the this to tool tools tells uses utility via was
    were when which will with works would you your
"""
_PROSE = frozenset(_PROSE_TEXT.split())
_ENDS_PROSE = re.compile(r"[.!?:;,…。]$")
_COMMENT = re.compile(r"(?:#|//|::|REM\b)\s*\S")


def command_of(line: str) -> str | None:
    """Return the command that a line shows, without its prompt, or None for any other line.

    >>> command_of("$ sudo ss -tlnp")
    'sudo ss -tlnp'
    >>> command_of("ss is the successor of netstat.") is None
    True
    """
    line = line.strip()
    prompt = _PROMPT.match(line)
    if prompt is not None:
        return line[prompt.end() :]
    root = _ROOT_PROMPT.match(line)
    command = line[root.end() :] if root is not None else line
    return command if _is_command(command) else None


def is_comment(line: str) -> bool:
    """Tell whether a line between commands is a comment, such as "# or"."""
    return _COMMENT.match(line.strip()) is not None


def commands_of(code: str, language: str = "") -> tuple[str, ...]:
    """Return the commands in a block of code; continued lines are joined, comments left out.

    In a block that says it is shell every line is a command, unless some have a prompt: then
    the others are output.
    """
    lines = re.sub(r"[ \t]*(?:\\|`|\^)\n[ \t]*", " ", code).split("\n")
    if language.lower() in _SHELLS and not any(map(_PROMPT.match, map(str.strip, lines))):
        return tuple(line.strip() for line in lines if line.strip() and not is_comment(line))
    return tuple(command for command in map(command_of, lines) if command)


def _is_command(line: str) -> bool:
    words = line.split()
    if not words:
        return False
    program = words[0].rsplit("/", 1)[-1]
    if _CMDLET.match(program):
        return len(words) == 1 or words[1].lower() not in _PROSE
    if program not in _PROGRAMS and program.lower() != "test-netconnection":
        return False
    if len(words) == 1:
        return False
    return words[1].lower() not in _PROSE and not _ENDS_PROSE.search(line)
