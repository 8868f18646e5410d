"""Which port of a product a text means, in the words of people."""

import pytest

from knowledge import match, roles
from knowledge.base import KnowledgeBase
from knowledge.understand import understand


def first_port(base: KnowledgeBase, text: str) -> int | None:
    subjects = match.subjects(understand(text, base.vocabulary), base.vocabulary)
    return subjects[0].places[0].number if subjects else None


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("which port has the admin page of rabbitmq", 15672),
        ("rabbitmq: in welchem port ist die verwaltung", 15672),
        ("на каком порту админка rabbitmq", 15672),
        ("rabbitmq 管理画面 ポート", 15672),
        ("port for rabbitmq metrics", 15692),
        ("port of the portainer gui, not encrypted", 9000),
        ("influxdb v3 port", 8181),
        ("influxdb v2 port", 8086),
        ("obs websocket v4 port", 4444),
        ("obs websocket v5 port", 4455),
        ("hdfs namenode web port, the old version 2", 50070),
        ("radius accounting port, the old one", 1646),
        ("radius accounting port, not the old one", 1813),
        ("ssh port of gitea", 22),
        ("ethereum devp2p port", 30303),
        ("couchbase admin web console", 8091),
        ("couchbase admin web console over ssl", 18091),
        ("asterisk's manager interface port", 5038),
    ],
)
def test_the_words_for_a_role_choose_the_port(base: KnowledgeBase, text: str, port: int) -> None:
    assert first_port(base, text) == port


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("amqp port without ssl", 5672),
        ("amqp port with ssl", 5671),
        ("ldap w/o tls port", 389),
        ("pop3 port, no encryption", 110),
        ("puerto de pop3 sin cifrar", 110),
        ("port pop3 sans chiffrement ssl", 110),
        ("pop3 ohne verschlüsselung port", 110),
        ("pop3 unverschlüsselt port", 110),
        ("pop3 tls olmadan port", 110),
        ("pop3 ssl nélkül melyik port", 110),
        ("порт pop3 без шифрования", 110),
        ("порт pop3 с шифрованием", 995),
        ("qual a porta no pop3 com ssl", 995),
        ("irc port with tls", 6697),
        ("irc port", 6667),
        ("proxmox http port", 8006),
        ("portainer port over plain http", 9000),
        ("portainer port over https", 9443),
        ("cpanel login port, https", 2083),
    ],
)
def test_encryption_and_its_absence_choose_the_port(
    base: KnowledgeBase, text: str, port: int
) -> None:
    assert first_port(base, text) == port


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("mc server bedrock edition port", 19132),
        ("minecraft on the xbox, which port", 19132),
        ("порт майнкрафт бедрок", 19132),
        ("minecraft port", 25565),
        ("port for the backup server of proxmox", 8007),
        ("su che porta sta l'interfaccia web di proxmox", 8006),
        ("pal world server port", 8211),
    ],
)
def test_an_edition_is_another_product(base: KnowledgeBase, text: str, port: int) -> None:
    assert first_port(base, text) == port


def test_editions_are_compared(base: KnowledgeBase) -> None:
    question = understand("difference between minecraft java and bedrock ports", base.vocabulary)
    found = match.subjects(question, base.vocabulary)
    assert [subject.places[0].number for subject in found] == [25565, 19132]


def test_a_word_of_a_role_beside_other_things_chooses_none(base: KnowledgeBase) -> None:
    assert first_port(base, "port of rabbitmq for my web app") == 5672


def test_the_words_that_chose_are_told(base: KnowledgeBase) -> None:
    question = understand("imap port without ssl", base.vocabulary)
    told = match.subjects(question, base.vocabulary)[0].told
    assert {question.words[index] for index in told} == {"without", "ssl"}


def test_every_word_of_the_table_is_one_word() -> None:
    table = roles.table()
    for words in (table.exact, table.begun, table.signs):
        assert not [word for word in words if " " in word or not word]
