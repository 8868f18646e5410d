"""Who voted, as a keyed hash: enough to change and to delete a vote, too little to tell a name.

A hash is made of the person and the answer together. So it protects that

- nobody can tell from the store alone who cast a vote: ids of people can be guessed, and a bare
  hash of them tried out one by one, but not without the secret, which is not in the store;
- nobody can tell from the store alone which votes are of the same person.

Whoever holds the store and the secret can find out whether a person whose id they know has voted
on an answer, and what. Where the secret is lost, or removed on purpose, nobody can any more: the
votes of before are numbers without anybody, which cannot be changed.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

FILE_NAME = "votes.key"
_BYTES = 32
_DIGITS = 32  # of the hash, hexadecimal: 128 bits


def voter(secret: bytes, person: str, answer: str) -> str:
    """Return what stands for a person's vote on an answer, as 32 hexadecimal digits."""
    message = f"{person}\0{answer}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:_DIGITS]


def new_secret() -> bytes:
    """Return a secret made at random."""
    return secrets.token_bytes(_BYTES)


def secret_in(directory: Path) -> bytes:
    """Return this installation's secret, which is made at random where there is none yet.

    Two processes may not do so at once: the caller holds the store's lock. Processes that share
    a store share the file as well.

    Raises:
        OSError: it can be neither read nor written.
        ValueError: the file is damaged.
    """
    file = directory / FILE_NAME
    if not file.exists():
        _write(file, new_secret())
    secret = file.read_bytes()
    if len(secret) != _BYTES:
        raise ValueError(f"{file} is damaged: it does not hold {_BYTES} bytes")
    return secret


def _write(file: Path, secret: bytes) -> None:
    """Write a secret whole or not at all, readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(secret)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
