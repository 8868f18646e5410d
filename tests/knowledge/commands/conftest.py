"""What the tests of commands stand on: a shell, other processes, and machines of their own."""

import ctypes
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.model import Protocol

PATIENCE = 60  # seconds; only a failing test waits that long
MARKER = 9  # a port that the guarded machine always lets in
CLONE_NEWNET = 0x40000000  # sched.h


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a command line, in which sudo only does what it is told."""
    folder = tmp_path_factory.mktemp("sudo")
    sudo = folder / "sudo"
    sudo.write_text('#!/bin/sh\nexec "$@"\n')
    sudo.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}:/usr/sbin:/sbin", "LC_ALL": "C"}


Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def shell(environment: dict[str, str]) -> Shell:
    """Runs a command line as it stands; `answer` is typed to it."""

    def run(line: str, answer: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", line],
            env=environment,
            input=answer,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 3,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def need(environment: dict[str, str]) -> Callable[[str], None]:
    """Skips the test where a tool is not installed."""

    def check(tool: str) -> None:
        if shutil.which(tool, path=environment["PATH"]) is None:
            pytest.skip(f"{tool} is not installed here")

    return check


# ---------------------------------------------------------------- other processes

_HOLDER = """
import socket, sys
kind, peer = sys.argv[1], int(sys.argv[2])
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM)
if peer:
    sock.connect(("127.0.0.1", peer))
else:
    sock.bind(("127.0.0.1", 0))
    if kind == "tcp":
        sock.listen()
print(sock.getsockname()[1], flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Holder:
    """A process that holds a socket, on `port`."""

    process: subprocess.Popen[str]
    port: int


Hold = Callable[..., Holder]


@pytest.fixture
def hold() -> Iterator[Hold]:
    """Starts a process that listens, or with `peer` one that is connected to that port."""
    with ExitStack() as stack:

        def start(protocol: Protocol, peer: int = 0) -> Holder:
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", _HOLDER, protocol, str(peer)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(process.kill)
            assert process.stdout
            return Holder(process, int(process.stdout.readline()))

        yield start


# ---------------------------------------------------------------- machines of their own


@dataclass(frozen=True)
class Machine:
    """A network namespace, kept by a process, with an address on the cable between the two."""

    process: subprocess.Popen[str]
    environment: dict[str, str]

    @property
    def namespace(self) -> str:
        return f"/proc/{self.process.pid}/ns/net"

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a command line on this machine."""
        return subprocess.run(
            ["nsenter", f"--net={self.namespace}", "bash", "-c", line],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def must(self, line: str) -> str:
        """Run a command line that has to succeed; returns its output."""
        done = self.run(line)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        return done.stdout

    def socket(self, family: socket.AddressFamily, kind: socket.SocketKind) -> socket.socket:
        """Make a socket of this machine: a socket stays where it was made."""
        made: list[socket.socket] = []

        def make() -> None:
            libc = ctypes.CDLL(None, use_errno=True)
            with Path(self.namespace).open() as entry:
                if libc.setns(entry.fileno(), CLONE_NEWNET):
                    raise OSError(ctypes.get_errno(), "setns")
            made.append(socket.socket(family, kind))

        # A thread can live in another namespace, so that the test itself need not move.
        thread = threading.Thread(target=make)
        thread.start()
        thread.join()
        return made[0]


@dataclass(frozen=True)
class Cable:
    """Two machines joined by a cable: one behind a firewall, and a stranger.

    The guarded one is 10.9.0.1, 192.0.2.1 and fd00:9::1, the stranger .2 and ::2.
    """

    guarded: Machine
    stranger: Machine
    stack: ExitStack

    def listen(self, protocol: Protocol, port: int, *, at: Machine | None = None) -> socket.socket:
        """Listen on all addresses of a machine, the guarded one unless told otherwise."""
        kind = socket.SOCK_STREAM if protocol is Protocol.TCP else socket.SOCK_DGRAM
        listener = (at or self.guarded).socket(socket.AF_INET6, kind)
        self.stack.callback(listener.close)
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(("::", port))
        if kind is socket.SOCK_STREAM:
            listener.listen()
        listener.settimeout(PATIENCE)
        return listener

    def opened(self, listener: socket.socket, net: str = "10.9.0.") -> bool:
        """Whether what the stranger sends to the listener arrives; waits for it."""
        with self._client(listener, net) as client:
            self._send(client, listener, net)
            try:
                if listener.type is socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(16)
            except TimeoutError:
                return False
            return True

    def closed(self, listener: socket.socket, net: str = "10.9.0.") -> bool:
        """Whether what the stranger sends to the listener is lost.

        It is lost if it is not there when something sent later, to a port that is open to all,
        has come there and back; so nothing is guessed from silence.
        """
        with self._client(listener, net) as client:
            self._send(client, listener, net)
            self._pass_marker(net)
            listener.settimeout(0)
            try:
                if listener.type is socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(16)
            except BlockingIOError:
                return True
            finally:
                listener.settimeout(PATIENCE)
            return False

    def _client(self, listener: socket.socket, net: str) -> socket.socket:
        family = socket.AF_INET6 if ":" in net else socket.AF_INET
        client = self.stranger.socket(family, listener.type)
        client.bind((f"{net}2", 0))
        client.settimeout(0)
        return client

    def _send(self, client: socket.socket, listener: socket.socket, net: str) -> None:
        client.connect_ex((f"{net}1", listener.getsockname()[1]))
        if client.type is socket.SOCK_DGRAM:
            client.send(b"hello")

    def _pass_marker(self, net: str) -> None:
        family = socket.AF_INET6 if ":" in net else socket.AF_INET
        with self.stranger.socket(family, socket.SOCK_STREAM) as client:
            client.settimeout(PATIENCE)
            client.bind((f"{net}2", 0))
            client.connect((f"{net}1", MARKER))


def _machine(stack: ExitStack, environment: dict[str, str]) -> Machine:
    process = stack.enter_context(
        subprocess.Popen(
            ["unshare", "--net", "sh", "-c", "echo ready; exec cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    )
    stack.callback(process.kill)
    assert process.stdout
    if process.stdout.readline() != "ready\n":
        pytest.skip("a network namespace is not permitted here (it needs root)")
    machine = Machine(process, environment)
    if (up := machine.run("ip link set lo up")).returncode:
        pytest.skip(f"a network namespace cannot be set up here: {up.stderr.strip()}")
    return machine


@pytest.fixture
def cable(environment: dict[str, str], need: Callable[[str], None]) -> Iterator[Cable]:
    """Two machines of the test's own, joined by a cable, without any firewall yet."""
    for tool in ("unshare", "nsenter", "ip"):
        need(tool)
    with ExitStack() as stack:
        guarded = _machine(stack, environment)
        stranger = _machine(stack, environment)
        joined = guarded.run(
            f"ip link add cable type veth peer name cable netns {stranger.process.pid}"
        )
        if joined.returncode:
            pytest.skip(f"two network namespaces cannot be joined here: {joined.stderr.strip()}")
        for machine, last in ((guarded, 1), (stranger, 2)):
            machine.must(f"ip addr add 10.9.0.{last}/24 dev cable")
            machine.must(f"ip addr add 192.0.2.{last}/24 dev cable")
            machine.must(f"ip -6 addr add fd00:9::{last}/64 dev cable nodad")
            machine.must("ip link set cable up")
        pair = Cable(guarded, stranger, stack)
        pair.listen(Protocol.TCP, MARKER)
        yield pair
