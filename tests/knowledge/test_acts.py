"""Whether ports shall be opened or closed: the opposite is the worst answer there is."""

import pytest

from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import Intent, System


def check_wish(base: KnowledgeBase, text: str, *, closing: bool) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.OPEN
    assert answer.question.closing is closing
    word = "close" if closing else "open"
    assert any(word in c.caption.lower() for c in answer.commands[System.LINUX])


@pytest.mark.parametrize(
    "text",
    [
        "i don't want port 5900 open",
        "we don't want anyone to open 3306",
        "please do not open 5432 to the lan",
        "never ever open port 135",
        "you must not allow 6379 in ufw",
        "don't keep 2375 open",
        "how do i reach ssh without opening port 22",
        "I'd rather not open 8080",
        "open everything except 3389",
        "allow all traffic but port 25",
        "add a firewall rule to block 161/udp",
        "firewall rule that drops 111",
        "i need 5985 closed on this box",
        "port 9200 should be blocked",
        "remove the rule that allows 8443",
        "delete the exception for 3389",
        "undo ufw allow 9000",
        "stop forwarding 32400",
        "443 doesn't need to be open",
        "remove port forward 25565",
        "delete port 8080 from ufw",
        "take out the firewall rule for 22",
        "ich brauche port 22 nicht mehr offen",
        "no hace falta abrir el 8080",
        "pas besoin d'ouvrir le 8080",
        "8080を開ける必要はない",
        "get rid of the rule for 27017",
        "bitte port 5900 nicht öffnen",
        "öffne port 445 auf keinen fall",
        "ich will nicht, dass 139 offen ist",
        "port 1433 soll geschlossen sein",
        "firewallregel um port 111 zu blockieren",
        "n'ouvrez pas le port 3306",
        "il ne faut pas ouvrir le port 445",
        "je veux le port 8080 fermé",
        "autorise tout sauf le port 25",
        "no abras el 3389",
        "no quiero abrir el puerto 5900",
        "quiero el 445 cerrado",
        "non aprire la porta 23",
        "não abra a porta 3306",
        "niet poort 445 openen",
        "nie otwieraj portu 3389",
        "открой все порты кроме 25",
        "никогда не открывай 445",
        "хочу чтобы порт 23 был закрыт",
        "не відкривай порт 3389",
        "3389番ポートを開けないでください",
        "23番ポートは開けたくない",
        "千万不要打开445端口",
        "别开放3389端口",
        "445 포트 열지 마세요",
        "3389 portu açılmasın",
        "đừng mở cổng 3389",
        "jangan buka port 3389",
        "อย่าเปิดพอร์ต 445",
        "älä avaa porttia 445",
        "öppna inte port 3389",
        "neotvírej port 445",
    ],
)
def test_what_shall_not_be_open_is_closed(base: KnowledgeBase, text: str) -> None:
    check_wish(base, text, closing=True)


@pytest.mark.parametrize(
    "text",
    [
        "please don't block 8443",
        "never close port 22 on that server",
        "you must not drop 53/udp",
        "block everything besides 443",
        "deny all incoming but 22",
        "close every single port except 51820",
        "drop all traffic excluding port 80",
        "shut all ports other than 443",
        "stop blocking port 8080",
        "delete the rule that blocks 587",
        "remove the block on 5060",
        "lift the ban on 6667",
        "undo ufw deny 25",
        "something blocks 8080, how do i open it",
        "i closed all ports but i need 22 open",
        "bitte schließe port 443 nicht",
        "port 22 nicht sperren",
        "blockiere alles außer 443",
        "alle ports bis auf 22 dichtmachen",
        "ne bloque surtout pas le port 53",
        "bloquer tout sauf le 443",
        "no cierres el puerto 22",
        "cierra todos los puertos excepto el 443",
        "non chiudere la porta 443",
        "chiudi tutte le porte tranne la 22",
        "não bloqueie a porta 443",
        "feche tudo menos a 22",
        "blokkeer alles behalve poort 443",
        "zablokuj wszystkie porty z wyjątkiem 22",
        "не блокируй 443 порт",
        "закрой всё кроме 80 и 443",
        "закрий усе окрім 22",
        "22 hariç bütün portları kapat",
        "80以外の全てのポートをブロック",
        "443番ポートを閉じないで",
        "除443外所有端口都封掉",
        "不要关闭22端口",
        "22번 빼고 전부 차단해줘",
        "443 포트 막지 마",
        "đừng chặn cổng 443",
        "tutup semua port kecuali 22",
    ],
)
def test_what_shall_not_be_closed_is_opened(base: KnowledgeBase, text: str) -> None:
    check_wish(base, text, closing=False)


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("i cannot open port 25565", False),
        ("why can't i close port 135 on windows", True),
        ("i dont know how to open 22", False),
        ("443 is not open, how do i open it", False),
        ("port 80 does not open, how can i allow it", False),
        ("block 23", True),
        ("open 443 but nothing else", False),
        ("allow 10.0.0.0/8 to reach 5432", False),
        ("ich kann port 443 nicht öffnen", False),
        ("ich weiß nicht wie ich port 22 öffne", False),
        ("warum lässt sich port 80 nicht öffnen", False),
        ("je n'arrive pas à ouvrir le port 25565", False),
        ("je ne sais pas comment fermer le port 23", True),
        ("no puedo abrir el puerto 8080", False),
        ("no sé cómo cerrar el puerto 23", True),
        ("non riesco ad aprire la porta 443", False),
        ("não consigo abrir a porta 8080", False),
        ("nie mogę otworzyć portu 22", False),
        ("не могу закрыть порт 445", True),
        ("не знаю как открыть порт 80", False),
    ],
)
def test_what_fails_or_is_not_known_is_still_wanted(
    base: KnowledgeBase, text: str, *, closing: bool
) -> None:
    check_wish(base, text, closing=closing)


@pytest.mark.parametrize(
    ("first", "second", "closing"),
    [
        ("open 22", "undo that", True),
        ("close 22 on windows", "undo", False),
        ("block 445", "cancel that", False),
        ("allow 8080 in ufw", "revert it please", True),
        ("close 3389", "and 445", True),
        ("öffne port 80", "rückgängig machen", True),
        ("block 23 on my mac", "and on linux", True),
    ],
)
def test_what_follows_keeps_the_wish_or_takes_it_back(
    base: KnowledgeBase, first: str, second: str, *, closing: bool
) -> None:
    answer = ask(second, base, Context(previous=ask(first, base)))
    assert answer.intent is Intent.OPEN
    assert answer.question.closing is closing


@pytest.mark.parametrize("second", ["undo that", "cancel my order", "remove the cat"])
def test_nothing_is_taken_back_where_nothing_was_done(base: KnowledgeBase, second: str) -> None:
    assert ask(second, base, Context(previous=ask("what is 22", base))).intent is Intent.NONE


@pytest.mark.parametrize(
    "text",
    [
        "should 23 be open",
        "do I need 139 open",
        "does port 445 need to be open",
        "must 135 be open on a workstation",
        "is 8080 open ok",
        "should i open 3389 on my router",
        "22 is open, is that normal?",
        "and should 5900 be open?",
        "muss port 139 offen sein?",
        "sollte 23 offen sein",
        "faut-il que le port 23 soit ouvert ?",
        "¿debería estar abierto el puerto 445?",
        "должен ли быть открыт порт 445",
        "is 5555 adb open a problem",
        "what should i do about 445 being open",
        "is there any reason to keep 23 open",
        "can i leave port 4500 open",
    ],
)
def test_whether_a_port_should_be_open_is_a_question_of_safety(
    base: KnowledgeBase, text: str
) -> None:
    assert ask(text, base).intent is Intent.SAFETY


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("need port 80 open", Intent.OPEN),
        ("I need 80 open, how?", Intent.OPEN),
        ("is 443 open", Intent.CHECK),
        ("do i need to open 3478 for xbox", Intent.OPEN),
        ("which ports should be open for plex", Intent.ABOUT),
        ("isn't 22 open", Intent.CHECK),
    ],
)
def test_other_needs_are_no_question_of_safety(
    base: KnowledgeBase, text: str, intent: Intent
) -> None:
    assert ask(text, base).intent is intent


@pytest.mark.parametrize(
    ("text", "port", "closing"),
    [
        ("can you close 21 but leave 22 open", 21, True),
        ("leave 443 open and close 22", 22, True),
        ("close 80, keep 443", 80, True),
        ("allow 80 but not 22", 80, False),
        ("nicht 80 sondern 8080 öffnen", 8080, False),
        ("is 22 open? i want to close 3389", 3389, True),
        ("need 22 open and 23 closed", 22, False),
        ("schließe 21 aber lass 22 offen", 21, True),
        ("22 schließen, 443 öffnen", 22, True),
        ("ferme le 21 mais laisse le 22 ouvert", 21, True),
        ("cierra el 21 pero deja el 22 abierto", 21, True),
        ("deja abierto el 22 y cierra el 21", 21, True),
        ("chiudi la 21 ma lascia aperta la 22", 21, True),
        ("feche a 21 mas deixe a 22 aberta", 21, True),
        ("закрой 21 но оставь 22 открытым", 21, True),
        ("443 açık kalsın 22 kapansın", 22, True),
        ("21は閉じて22は開けておいて", 21, True),
    ],
)
def test_the_port_of_which_the_opposite_is_wanted_is_spared(
    base: KnowledgeBase, text: str, port: int, *, closing: bool
) -> None:
    answer = ask(text, base)
    assert answer.intent is Intent.OPEN
    assert answer.ports == (port,)
    assert answer.question.closing is closing


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("open 80 and 443, close 22", (80, 443)),
        ("close 21 and 23 but not 22", (21, 23)),
        ("leave 443 open and close the rest", (443,)),
        ("block 23 and allow the rest", (23,)),
    ],
)
def test_what_is_done_with_the_rest_is_not_done_with_the_ports(
    base: KnowledgeBase, text: str, ports: tuple[int, ...]
) -> None:
    answer = ask(text, base)
    assert answer.ports == ports
    assert answer.question.closing is text.startswith(("close", "block"))


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("i accidentally closed port 22, how do i undo this", False),
        ("i blocked port 443 by mistake", False),
        ("i opened port 3389 by accident, how do i undo that", True),
        ("j'ai ouvert le port 3389 par erreur, annule", True),
        ("abrí el 3389 por error, cómo lo deshago", True),
        ("случайно открыл 3389, отмени", True),
        ("ich hab aus versehen port 3389 aufgemacht, mach das rückgängig", True),
        ("8080を許可するルールを削除して", True),
        ("open 22 and disable the firewall", False),
        ("reopen 443", False),
    ],
)
def test_what_was_done_by_mistake_is_taken_back(
    base: KnowledgeBase, text: str, *, closing: bool
) -> None:
    check_wish(base, text, closing=closing)


@pytest.mark.parametrize(
    "text",
    [
        "ufw blocks 8080 how to stop that",
        "why does ufw block 8080",
        "my firewall blocks port 25565, what now",
        "warum blockiert ufw 8080",
        "pourquoi ufw bloque 8080",
        "файрвол блокирует 8080",
        "ufwが8080をブロックしてる",
    ],
)
def test_who_complains_of_a_block_wants_it_gone(base: KnowledgeBase, text: str) -> None:
    check_wish(base, text, closing=False)


def test_what_a_rule_does_is_no_complaint(base: KnowledgeBase) -> None:
    check_wish(base, "how do i write a rule that blocks 8080 in ufw", closing=True)
