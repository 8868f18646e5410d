"""What is asked of a named thing without the word port, and what is only said of it."""

import pytest

from knowledge.ask import ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("clickhouse http one, not native", 8123),
        ("bitcoin core, p2p on mainnet", 8333),
        ("etcd, the peer side and not the client side", 2380),
        ("radius accounting, the number of old", 1646),
        ("radius accounting, the newer one", 1813),
        ("cups web page url, i forgot", 631),
        ("comfyui again, 127.0.0.1:what", 8188),
        ("jenkins on localhost:??? again", 8080),
        ("where do i find the plex web ui", 32400),
        ("where is the portainer web ui", 9443),
        ("where does the rabbitmq management ui live", 15672),
        ("minio console, not the api", 9001),
        ("home assistant url, forgot the digits", 8123),
        ("nats, the monitoring one", 8222),
        ("docker daemon with tls, the remote one", 2376),
        ("kubelet read only, the old one", 10255),
        ("what number is the grafana web interface on", 3000),
        ("valheim dedicated, tell me the digits", 2456),
        ("what number goes into dbeaver for mariadb", 3306),
        ("wireguard if i never touched the config", 51820),
        ("redis écoute sur quoi déjà", 6379),
        ("kibana, i always forget", 5601),
        ("clickhouse native one, not http", 9000),
        ("transmission peers, which one do i forward", 51413),
        ("jenkins ui, what do i open in the browser", 8080),
        ("wo finde ich die weboberfläche von portainer", 9443),
        ("où est l'interface web de grafana", 3000),
        ("dónde está el panel web de rabbitmq", 15672),
        ("где найти веб панель portainer", 9443),
    ],
)
def test_who_picks_one_of_its_ports_asks_for_it(base: KnowledgeBase, text: str, port: int) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.ABOUT
    assert answer.ports[:1] == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "the grafana dashboard is broken again",
        "i love the plex web interface",
        "we use the grafana web ui, not the api",
        "forgot my grafana admin password",
        "jenkins agent died again, the new one",
        "kafka cluster upgrade tomorrow, who is in",
        "can someone review my grafana dashboard pr",
        "grafana dashboards for the new team, not the old one",
        "where did you learn docker",
        "where is the plex android app in the store",
        "where do i find good grafana tutorials",
        "what number did the jenkins build have",
        "nobody uses teamspeak voice anymore",
        "die grafana oberfläche ist heute langsam",
        "wo hast du docker gelernt",
        "où est passé le stagiaire grafana",
    ],
)
def test_what_is_said_of_a_thing_is_no_question(base: KnowledgeBase, text: str) -> None:
    assert ask(text, base).intent is Intent.NONE
