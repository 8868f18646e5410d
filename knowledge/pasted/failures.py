"""What a pasted error says of a port: the slug of the FAQ that tells why it happens."""

import re

_MOST = 4000  # characters that are looked at
_BINDING = r"\b(?:bind(?:ing)?|listen(?:ing)?|socket|BindException|starting userland proxy)\b"
# The surest first: "bind: permission denied" is no refused connection.
_FAILURES = (
    (
        "bind-permission-denied-eacces",
        re.compile(
            rf"(?is:(?:{_BINDING}|\bports?\b).*(?:permission denied|\bEACCES\b|access permissions)"
            rf"|(?:permission denied|\bEACCES\b|access permissions).*{_BINDING}"
            r"|\(13\)\s?permission denied.*make_sock"
            r"|permission denied:? \(?['\"]?(?:\d{1,3}\.){3}\d{1,3}\b)"
        ),
    ),
    (
        "cannot-assign-requested-address",
        re.compile(r"(?i:cannot assign requested address|\bEADDRNOTAVAIL\b)"),
    ),
    (
        "connection-refused",
        re.compile(
            r"(?i:\bECONNREFUSED\b|connection refused|actively refused it"
            r"|MySQL server on .*\((?:111|10061)\))"
        ),
    ),
    (
        "connection-timed-out",
        re.compile(
            r"(?i:\bETIMEDOUT\b|(?:connection|connect|operation) timed out|i/o timeout"
            r"|ConnectTimeout|MySQL server on .*\((?:110|10060)\))"
        ),
    ),
    ("no-route-to-host", re.compile(r"(?i:\bEHOSTUNREACH\b|no route to host)")),
    ("connection-reset", re.compile(r"(?i:\bECONNRESET\b|connection reset)")),
)
_HINT = re.compile(
    r"(?i:denied|\beacces|access perm|assign req|\beaddr|refused|timed out|timedout|timeout"
    r"|\behost|route|reset|mysql server on)"
)


def failure_of(text: str) -> str | None:
    """Return the slug of the FAQ on the failure that a text tells of; None where it tells none."""
    looked_at = text[:_MOST]
    if not _HINT.search(looked_at):
        return None
    return next((slug for slug, pattern in _FAILURES if pattern.search(looked_at)), None)
