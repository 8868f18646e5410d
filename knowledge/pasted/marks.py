"""The marks by which one sees who wrote a line: a program or a person."""

import re

_MONTH = r"(?:Jan|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])"
_CLOCK = r"\d\d:\d\d:\d\d"
_SOURCES = "java|kt|scala|go|rs|cc?|cpp|h|cs|py|rb|php|pl|[mc]?js|jsx|tsx?|vue|swift|ex|erl|lua"
_PROGRAMS = (
    # clouds, containers, firewalls
    "gcloud|aws|az|docker|podman|nerdctl|kubectl|helm|terraform|ansible|nft|ipfw|iptables"
    "|firewall-cmd|netsh|systemctl|journalctl"
    # clients
    "|openssl|socat|ncat|nc|ssh|autossh|mosh|rsync|psql|mysql|redis-cli|mongosh|curl|wget"
    r"|vncviewer|nmap|tcpdump|tshark|qemu-system-\w+"
    # servers, and what runs them
    "|python3?|node|npx|npm|yarn|pnpm|deno|bun|java|mvn|dotnet|ruby|rails|php|cargo|gcc|uvicorn"
    "|gunicorn|flask|serve|vite|hugo|jekyll|nginx|caddy|redis-server|mongod|mysqld|prometheus"
    "|minio|vault|consul|cloudflared|ngrok|frpc|ssserver"
)


def _any(*patterns: str) -> str:
    return "|".join(patterns)


# What a line of a program begins with.
BEGINS = re.compile(
    _any(
        # the time
        r"[\[(<{*\s\"]{0,3}(?:\(?[A-Z]\)? )?(?:"
        + _any(
            r"\d{4}[\-/.]\d\d[\-/.]\d\d[T :_]{1,2}\d{1,2}:\d\d",
            rf"(?:[A-Z][a-z]{{2}},? )?{_MONTH}[a-z]*\.?\s{{1,2}}\d{{1,2}} (?:\d{{4}} )?{_CLOCK}",
            rf"\d{{1,2}}[\-/ ]{_MONTH}[\-/ ]\d{{4}}[ :]{{1,2}}{_CLOCK}",
            rf"\d\d/\d\d[\-/ ](?:\d{{2,4}} )?{_CLOCK}",
            rf"{_CLOCK}[\].,\s]",
            r"\d{10}(?:\.\d+)?[: ]\s*\S",
            r"\d{1,7}\s+\d{1,6}\.\d{6,9}\s",  # a packet's
            r"\s*\d{1,7}\.\d{6}\]",  # the kernel's
            r"(?:time|ts|date|level|timestamp)=\S",
        )
        + ")",
        rf"[IWEF]\d{{4}} {_CLOCK}",
        r"kernel: \[\s*\d+\.\d+\]",
        # the program, and how bad it is
        r"[\w.\-]{1,40}\s{1,8}\|\s",
        r"[\w./\-]{1,70}\[\d{1,7}\]:\s",
        r"\w-?\w*/\w+\(\s?\d+\): ",
        r"\(?\[?(?:INFO|WARN(?:ING)?|ERR(?:OR)?|DEBUG|FATAL|TRACE|NOTICE|CRITICAL|SEVERE|PANIC)\b"
        r"[\])]?[:\s\-|]",
        r"\[(?:info|warn|warning|error|debug|fatal|nodemon|ERR|INF|WRN|emerg|crit)\]",
        r"(?:info|warn|warning|error|fatal|panic|debug\d?|fail|crit|npm ERR!|err|Fatal error"
        r"|PHP \w+|Warning|Error|Caused by|Stack trace|Exception in thread .{1,60})\s?:\s",
        r"[\w\-.]{1,30}: (?:\(\d+\)|\[\w+\]|[eE]rror|fatal|connect|cannot|[cC]an't|could not"
        r"|unable|bind|failed)\b",
        r"No connection could be made because ",
        r"Error response from daemon|ERROR \d{4} \(|E: |FATAL:|\((?:OS )?\d{2,5}\)[A-Z]",
        r"\[(?:DATA|STATUS|OK|FAIL|FAILED|PASS|SUCCESS|MAIN)\]\s",
        r"List of devices attached|\d+ bytes from |\(N\) ",
        r"Mixed Content: |Access to (?:fetch|XMLHttpRequest|script) at |Uncaught \(?\w|mstsc\s/",
        r"(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) (?:https?:/)?/\S+|WebSocket connection to ",
        r"Ncat: |nc: connect|curl: \(\d+\)|ssh: (?:connect|Could)",
        r"[*<>] (?:Trying|Connected|connect|Failed to|Host)\b",
        r"(?:Description|Action|Log Name|Event ID|Source|(?:Network|Application) Information):",
        # a stack
        r"Traceback \(most recent|Exception in thread |goroutine \d+ \[|thread '|--->? \w",
        r"#\d{1,3} [/{0]|at [\w.$<>/\[\] ]{1,120}\(|at (?:async )?\S{1,200}:\d+:\d+\)?$",
        r"File \"[^\"]{1,200}\", line \d+|\.\.\. \d+ more",
        # fields
        r"\{\"[\w$@.\-]{1,30}\":|(?:[A-Z][\w \-]{1,20}: \S+ ){3,}|\w+=\S+ (?:\w+=\S+ ){3,}",
        r"\d{1,3}: [\w.\-@]{1,20}: <|link/\w+ |inet6? [\da-f]",
        # what is typed
        r"\$ [\w./]|[\w.\-]{1,40}@[\w.\-]{1,60}[: ][^\s#$%]{0,100}\s?[$#%] \S",
        r"PS> |PS [A-Z]:\\|[A-Z]:\\[^>]{0,100}>|socat \S+[:,]",
        r"\[[*+\-!]\]\s|\[(?:FIRING|RESOLVED)\b",
        r"\d{5} (?:allow|deny|permit|pass|count|fwd|nat|skipto|reject) (?:tcp|udp|ip|all|log)\b",
        # what is drawn
        r"[*=\-_#~]{5,}|[➜➤▶✓✔⚠▲└├│=]>?\s|\* \w+ing (?:on|Flask)\b|=> \w",
    )
)
# What people type into a terminal, and write about.
TYPED = re.compile(
    rf"(?:[$#] )?(?:sudo )?(?:(?:{_PROGRAMS})\b|\./\w|/(?:usr|opt|s?bin|home|srv|etc)/\w)"
    r"(?=.{0,300}\s--?[a-zA-Z])"
)
_THROWN = re.compile(
    r"\b(?:[a-z]\w*+\.){1,8}[A-Z]\w{0,60}(?:Exception|Error|Timeout)\b"
    r"|\b\w{2,60}(?:Exception|Error)(?::\s|\()"
)
# Each begins with what stands for itself, or behind a letter with none: at most places of a line
# it is told at a glance that none does.
_HELD = re.compile(
    r"(?!(?<=[A-Za-z])[A-Za-z])(?:"
    + _any(
        r"\bE(?:CONN(?:REFUSED|RESET|ABORTED)|ADDR(?:INUSE|NOTAVAIL)|ACCES|TIMEDOUT|HOSTUNREACH"
        r"|NOTFOUND)\b[: ]",
        r"\[Errno -?\d+\]|\bos error \d+|\berrno[:= ]\s?-?\d+|\bERR_[A-Z_]{5,}",
        r"\b(?:dial|listen|read|write) (?:tcp|udp)[46]?\b[ :]|\bbind\(?\)?: ",
        rf"\bcode: \d+|(?<=[\w/\\)\-])\.(?:{_SOURCES}):\d+\b|\bnode:[\w/]+:\d+",
        r"\s(?:INFO|WARN|WARNING|ERROR|DEBUG|FATAL|NOTICE|LOG|HINT|SEVERE"
        r"|\[(?:error|warn|notice|info|emerg)\])[\s:]",
        r"\b(?:TCP|UDP|tcp|udp) \d{1,5}\s?(?:->|→)|\[(?:SYN|ACK|FIN|RST|PSH)[\],]|\bLen=\d",
        r"\|\s+(?:\d+ [+\-]+|Bin \d+ -> .*)$|\d+ files? changed\b|-->\s*\d\d:\d\d",
        r"^(?:for \w+ in .*|def \w+\(.*|class \w+.*|while [^?]*):$|^(?:const|let|var) \w+ ?=",
        r"^print\w*\(.*\);?$|^import [\w.]+;?$",
        r"(?:(?<=[\w\])])|(?<=[\w\])]\s))(?:\+=|-=|\*=|==|!=|\+\+;|&&)\s?[\w\"'(]",
        r"\" \d{3} \d+\b|\blevel=\w",
    )
    + r")|SQLSTATE\[|bind\(\) to |HTTP/[12]\.\d\b|msg=\""
)


def holds(text: str) -> bool:
    """Tell whether a line has, anywhere, what only programs write."""
    thrown = ("Exception" in text or "Error" in text or "Timeout" in text) and _THROWN.search(text)
    return bool(thrown or _HELD.search(text))


# What programs say, and people too.
PHRASES = re.compile(
    r"(?i:\b(?:"
    + _any(
        r"listen(?:ing|s)? (?:on|at|to)|running (?:on|at) (?:http|port)|started (?:on|at)",
        r"serving (?:on|at|http)|ready to accept|forwarding from|handling connection|bound to",
        r"(?:failed|unable) to (?:bind|connect|listen|start)",
        r"(?:could not|can(?:no|')t|cannot) (?:bind|connect|listen|open)",
        r"connection (?:refused|timed out|reset|from|to|closed|established)|accepted connection",
        r"connected to|refused|already in use|(?:is|was) in use|already allocated",
        r"permission denied|i/o timeout|(?:local|remote) address|network:",
    )
    + r")\b)"
)
# What only people say.
PERSON = re.compile(
    r"(?i:\b(?:i|i'?m|i'?ve|my|me|we|our|whats?|what'?s|why|how|who|whos|pls|plz|anyone|anybody"
    r"|someone|somebody|wtf|idk|lol|thx|thanks|hi|hey|hello|normal|weird|dunno|folks|guys|tho"
    r"|dont|doesnt|cant|gonna|should|ok|okay)\b)"
)
# Code, settings and rules.
CODE = re.compile(
    _any(
        r"[{(\[,;\\]$|^[}\])<]|=>|\w\((?:[\"':\d.\w]|\)).*\)\s*;?$",
        r"^\s*[\w.\-\"'/${}]{1,60}\s*(?:[:=]|:=)\s*[\"'\[{\d*:]|^[A-Z][A-Z0-9_]{2,40}=",
        r"^\"?[\w.\-]{1,40}\"?: \S+$|^--?\w[\w\-]*|\s--[a-z][\w\-]+[ =]|^\w+\s*=\s*\S",
        r"^(?:[\w.\-()]{1,30}\s){0,3}[\w.\-()]{1,30}(?::|\s)\s+[a-z]+://\S+(?:\s+(?:->\s)?[a-z]+://\S+)*$",
        r"^[\w.]+ \"[^\"]+\", |^\w+_ports? \d|^\w[\w\-]*\s+:\s|^\S*[=(/]\S*$",
        r"^(?:\d{1,6} )?(?:allow|deny|permit|pass|block|reject|drop|accept|rdr|nat)\s.*"
        r"\b(?:from|any|host|proto)\b",
        r"^(?:config|edit|set|next|end|acl|ENV|RUN|CMD|FROM|EXPOSE|HEALTHCHECK|upstream|location"
        r"|resource)\b",
    )
)
COLUMNS = re.compile(
    r"\S(?:\s{2,}|\t)\S+.*(?:\s{2,}|\t)\S|^\|.*\|$|^\s*\d+\s+\S+\s{2,}\S"
    r"|^(?=[^a-z]*[a-z])[^,\s]+(?:,[^,\s]*){2,}$"  # a row of CSV
    r"|^\d{2,5}\s?(?:->|→|=>)\s?\d{2,5}$"
)
