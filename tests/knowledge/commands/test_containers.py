import re
import shlex
from typing import Any

import frontmatter
import pytest

from knowledge.commands import Caption, Caution, cloud_advice, container_commands
from knowledge.model import Protocol


def line_of(caption: Caption, number: int = 747, protocol: Protocol | None = None) -> str:
    (line,) = (c.line for c in container_commands(number, protocol) if c.caption is caption)
    return line


def yaml_of(line: str) -> object:
    return frontmatter.loads(f"---\n{line}\n---\n").metadata


@pytest.mark.parametrize(
    ("protocol", "suffix"),
    [(None, ""), (Protocol.TCP, ""), (Protocol.UDP, "/udp"), (Protocol.SCTP, "/sctp")],
    ids=str,
)
def test_docker_publishes_and_finds_the_port_of_the_protocol(
    protocol: Protocol | None, suffix: str
) -> None:
    assert line_of(Caption.DOCKER_WHO, 747, protocol).endswith(f"--filter publish=747{suffix}")
    local = shlex.split(line_of(Caption.DOCKER_LOCAL, 747, protocol))
    assert local[2:4] == ["-p", f"127.0.0.1:747:747{suffix}"]
    compose = yaml_of(line_of(Caption.COMPOSE, 747, protocol))
    assert compose == {"ports": [f"127.0.0.1:747:747{suffix}"]}


def test_a_compose_line_stays_text_where_yaml_would_read_a_number_to_base_sixty() -> None:
    assert yaml_of(line_of(Caption.COMPOSE, 22)) == {"ports": ["127.0.0.1:22:22"]}


def test_publishing_to_every_address_warns_that_it_passes_the_firewall() -> None:
    (command,) = (c for c in container_commands(747) if c.caption is Caption.DOCKER_ALL)
    assert command.caution is Caution.PUBLISHES


SERVICES = """\
NAMESPACE   NAME     TYPE        CLUSTER-IP    EXTERNAL-IP   PORT(S)                    AGE
default     plain    ClusterIP   10.96.0.1     <none>        747/TCP                    1d
default     many     ClusterIP   10.96.0.2     <none>        53/UDP,747/UDP,9153/TCP    1d
default     node     NodePort    10.96.0.3     <none>        747:30747/TCP              1d
default     longer   ClusterIP   10.96.0.4     <none>        7470/TCP                   1d
default     other    ClusterIP   10.96.0.5     <none>        1747/TCP,80:30747/TCP      1d
port-747    named    ClusterIP   10.96.0.6     <none>        80/TCP                     1d
"""


@pytest.mark.parametrize(
    ("number", "protocol", "names"),
    [
        (747, None, ["plain", "many", "node"]),
        (747, Protocol.TCP, ["plain", "node"]),
        (747, Protocol.UDP, ["many"]),
        (747, Protocol.SCTP, []),
        (30747, Protocol.TCP, ["node", "other"]),
        (47, None, []),
    ],
)
def test_the_kubernetes_service_is_found_by_its_very_port(
    number: int, protocol: Protocol | None, names: list[str], shell: Any
) -> None:
    line = line_of(Caption.KUBERNETES_WHO, number, protocol)
    listing, found = line.split(" | ")
    assert listing == "kubectl get svc -A"
    output = shell(f"printf %s {shlex.quote(SERVICES)} | {found}").stdout
    assert [row.split()[1] for row in output.splitlines()] == names


@pytest.mark.parametrize(
    ("number", "ports"), [(80, "8080:80"), (1023, "9023:1023"), (8080, "8080:8080")]
)
def test_a_port_that_needs_root_is_forwarded_from_one_that_does_not(
    number: int, ports: str
) -> None:
    assert line_of(Caption.KUBERNETES_FORWARD, number) == f"kubectl port-forward svc/NAME {ports}"


def test_kubectl_forwards_tcp_only() -> None:
    captions = {command.caption for command in container_commands(747, Protocol.UDP)}
    assert Caption.KUBERNETES_FORWARD not in captions


def test_containers_have_no_dccp_and_no_port_zero() -> None:
    assert container_commands(747, Protocol.DCCP) == ()
    assert container_commands(0) == ()


def test_the_clouds_are_told_in_whole_sentences_with_the_port_and_the_source() -> None:
    sentences = cloud_advice(747, None, "10.0.0.0/8")
    assert len(sentences) == 4
    assert all(re.fullmatch(r"[A-Z][^{}]*\.", sentence) for sentence in sentences)
    assert all("747" in sentence and "10.0.0.0/8" in sentence for sentence in sentences[:3])
    assert "TCP and UDP" in sentences[0]
    assert "tcp:747,udp:747" in sentences[2]
    assert "0.0.0.0/0" in cloud_advice(747)[0]
    assert cloud_advice(0) == ()
