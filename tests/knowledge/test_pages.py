"""Pages as people copy them: the five of the reference data, and what else sites put on a page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Article
from knowledge.sources.blocks import Heading, Row
from knowledge.sources.decoding import PageRefusedError
from knowledge.sources.footnotes import without_footnotes
from knowledge.sources.pages import article_of, read_page

IPCD_SUMMARY = (
    "Port 576 is officially assigned to ipcd (IPC Daemon), a service intended for inter-process"
    " communication. It lives in the well-known port range (0-1023), which means it was assigned"
    " by IANA for a specific purpose. But here's the reality: you'll almost never see traffic on"
    " this port."
)
SEEDS = [
    (
        "000_75a0b0c317d029a4.txt",
        756,
        (
            "Port 756 is unassigned. It has no official service, no registered protocol, no RFC"
            " defining its purpose."
        ),
        [
            "What This Means",
            "The Difference Between Reserved and Unassigned",
            "Unofficial Uses",
            "How to Check What's Listening",
            "Why Unassigned Ports Matter",
        ],
        (),
    ),
    (
        "001_735958083fb0647a.txt",
        576,
        IPCD_SUMMARY,
        [
            "What is ipcd?",
            "Why this port exists but sits empty",
            "The well-known range",
            "Checking if anything is using this port",
            "Why unassigned and dormant ports matter",
        ],
        (),
    ),
    (
        "002_86a4db8582538b02.txt",
        747,
        (
            "Port 747 sits in the well-known range (0-1023), officially assigned by IANA to"
            " Fujitsu for device control services. But the reality on networks tells a"
            " different story."
        ),
        [
            "The Official Assignment",
            "What Actually Happened",
            "The Well-Known Port Range",
            "Checking What's Listening",
            "Security Considerations",
            "Why This Port Matters",
        ],
        (
            "lsof -i :747",
            "sudo netstat -tulpn | grep :747",
            "sudo ss -tulpn | grep :747",
            "netstat -ano | findstr :747",
        ),
    ),
    (
        "003_647e816b9f001c66.txt",
        940,
        (
            "Port 940 sits in the well-known port range (0-1023), but unlike its famous neighbors"
            " like DNS (53) or HTTPS (443), it has no official assignment. IANA—the organization"
            " responsible for port assignments—lists it as part of the unassigned range 916-952."
        ),
        [
            'What "Unassigned" Means',
            "The Well-Known Range",
            "No Known Unofficial Use",
            "Why Unassigned Ports Matter",
            "How to Check What's Listening",
            "The Bureaucracy of Port Assignment",
            "The Bigger Picture",
        ],
        (),
    ),
    (
        "004_4c9a936ab07b0dca.txt",
        60156,
        (
            "Port 60156 has no official service assignment. It lives in the dynamic/ephemeral port"
            " range (49152–65535), a space reserved by the Internet Assigned Numbers Authority"
            " (IANA) for temporary use."
        ),
        [
            "What This Port Is",
            "What Port 60156 Might Be Doing Right Now",
            "How to Check What's Using It",
            "Why Unassigned Ports Matter",
            "The Deeper Pattern",
        ],
        ("lsof -i :60156", "ss -tlnp | grep 60156", "netstat -aon | findstr 60156"),
    ),
]
# What the five pages hold beside their content.
FURNITURE = [
    "1. Ports", "2. Port 747", "2. Port 60156", "Frequently Asked Questions", "😔", "🤨", "😃",
    "此頁面對您有幫助嗎", "Cette page vous a-t-elle", "Беше ли полезна", "หน้านี้มีประโยชน์",
    "unclaimed.1", "756.2", "servers.3", "communication.1", "machine.2", "UDP.1", "X.2", "past.3",
    "952.1", "port.1", "6335.2", "use. 1", "identity. 2", "application. 3",
]  # fmt: skip
KEPT = {
    756: [
        "RPC-based services",
        "- Port 758: nlogin",
        "claim port 756.",
        "typically requiring root",
    ],
    576: ["- Handle IPC without network ports", "65,535 ports total", "Unix Domain Sockets"],
    747: ["older versions of OS X. Not port 748.", "both TCP and UDP. Fujitsu filed", "On macOS:"],
    940: ["SSH on 22 or SMTP on 25", "RFC 6335. For well-known", "37 consecutive ports"],
    60156: ["port like 80 or 443—it", "- Nothing at all", "TCP/IP's design", "16,383 anonymous"],
}


def page(text: str, name: str = "page.txt") -> Article:
    """Return the article that a text makes."""
    return article_of(read_page(name, text.encode()), name)


def whole(article: Article) -> str:
    """Return all text of an article."""
    parts = [article.title, article.summary]
    parts += [f"{section.heading}\n{section.text}" for section in article.sections]
    parts += [f"{faq.question}\n{faq.answer}" for faq in article.faqs]
    return "\n".join(parts)


@pytest.mark.parametrize(("name", "port", "summary", "headings", "commands"), SEEDS)
def test_each_page_of_the_reference_data_becomes_an_article(
    shared: Path,
    name: str,
    port: int,
    summary: str,
    headings: list[str],
    commands: tuple[str, ...],
) -> None:
    article = article_of(read_page(name, (shared / "seeds" / name).read_bytes()), name)

    assert article.ports == (port,)
    assert article.title == f"Port {port}"
    assert article.summary == summary
    assert [section.heading for section in article.sections] == headings
    assert article.commands == commands
    assert article.faqs == ()
    assert article.origin == name


@pytest.mark.parametrize(("name", "port"), [(row[0], row[1]) for row in SEEDS])
def test_no_furniture_of_a_page_is_left_and_no_content_lost(
    shared: Path, name: str, port: int
) -> None:
    article = article_of(read_page(name, (shared / "seeds" / name).read_bytes()), name)
    text = whole(article)

    assert [piece for piece in FURNITURE if piece in text] == []
    assert [piece for piece in KEPT[port] if piece not in text] == []


@pytest.mark.parametrize("name", [row[0] for row in SEEDS])
def test_no_line_announces_a_command_that_was_lost(shared: Path, name: str) -> None:
    article = article_of(read_page(name, (shared / "seeds" / name).read_bytes()), name)

    for section in article.sections:
        paragraphs = section.text.split("\n\n")
        for this, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
            if this.endswith(":"):
                assert following.startswith(("- ", "```")) or following.endswith(":")


@pytest.mark.parametrize(
    ("glued", "clean"),
    [
        ("It is a specification.1 It has two parts.2", "It is a specification. It has two parts."),
        ("It is for temporary use. 1", "It is for temporary use."),
        ("the specification1 says; a specification is long", None),
        (
            "Used by SSH (Secure Shell)1 and others,2 too.",
            "Used by SSH (Secure Shell) and others, too.",
        ),
        ("the range 916-952.1", "the range 916-952."),
        ("as RFC 6335.1 For others", "as RFC 6335. For others"),
        ("on port 22.1 However", "on port 22. However"),
        ("wiki[1] style[2][3] marks[citation needed]", "wiki style marks"),
        ("raised¹ digits²", "raised digits"),
    ],
)
def test_the_digits_of_footnotes_are_taken_out_of_words(glued: str, clean: str | None) -> None:
    expected = clean or "the specification says; a specification is long"

    assert without_footnotes([glued]) == (expected,)


def test_where_a_page_lists_its_sources_their_numbers_are_taken_out() -> None:
    page = read_page(
        "mqtt.txt",
        b"Port 1883: MQTT\n\nPort 1883 is for MQTT1, a publish/subscribe protocol2 over TCP.\n\n"
        b"Mosquitto listens there by default3, over IPv4 and HTTP2.\n\n"
        b"References\n1. https://mqtt.org/\n2. https://example.org/\n3. https://mosquitto.org/\n",
    )
    article = article_of(page, "mqtt.txt")
    assert article.summary == (
        "Port 1883 is for MQTT, a publish/subscribe protocol over TCP. Mosquitto listens there by"
        " default, over IPv4 and HTTP2."
    )
    assert len(article.sources) == 4


@pytest.mark.parametrize(
    "trail", ["> Accueil > Réseau > Ports", "首页 > 网络 > 端口", "Home » Ports"]
)
def test_the_way_to_a_page_is_known_by_where_it_begins(trail: str) -> None:
    page = read_page("a.md", f"# Port 1521\n\n{trail}\n\nOracle listens there.\n".encode())
    article = article_of(page, "a.md")
    assert (article.title, article.summary) == ("Port 1521", "Oracle listens there.")


def test_a_table_copied_from_a_site_keeps_its_rows() -> None:
    page = read_page(
        "a.txt",
        b"Port 8333 Details\n\nPort(s)\tProtocol\tService\n8333\ttcp\tbitcoin\n\nIt is old.\n",
    )
    rows = [block for block in page.blocks if isinstance(block, Row)]
    assert [row.cells for row in rows] == [
        ("Port(s)", "Protocol", "Service"),
        ("8333", "tcp", "bitcoin"),
    ]
    assert [row.header for row in rows] == [True, False]


def test_a_summary_says_something_of_the_port() -> None:
    page = read_page(
        "a.html",
        b"<h1>Port 139</h1><h3>Related:</h3><p>137, 138, 445</p><p>It carries NetBIOS.</p>"
        b"<p>Example Corp. The contents of this page are Copyright (c) 2024 Example Corp.</p>",
    )
    article = article_of(page, "a.html")
    assert article.summary == "It carries NetBIOS."
    assert "Copyright" not in str(article.sections)


@pytest.mark.parametrize(
    "text",
    [
        "It uses port 80. It is HTTP.",
        "It uses port 80.",
        "TCP/IP v4 and IPv6, DNS (53), HTTPS (443).",
        "TLS 1.3 For all clients. TLS 1.2 For old ones.",
        "There are two. 2 are enough.",
        "See no. 1 and v. 2 of it.",
        "sha256, x11, base64, python3, http2 and utf8",
        "HTTP/1.1 Is old.",
        "2¹⁶ numbers",
        "`args[1]` is an index",
        "It has 5 parts. 7 are known.",
    ],
)
def test_digits_that_belong_to_the_text_stay(text: str) -> None:
    assert without_footnotes([text]) == (text,)


@pytest.mark.parametrize(
    "prompt",
    [
        "Was this page helpful?",
        "Was this helpful? Yes No",
        "Hat Ihnen diese Seite geholfen?",
        "Cette page vous a-t-elle été utile ?",
        "¿Te ha resultado útil esta página?",
        "此頁面對您有幫助嗎?",
        "这个页面有帮助吗？",
        "このページは役に立ちましたか？",
        "このページは役に立ちましたか。",
        "이 페이지가 도움이 되었나요?",
        "Была ли эта страница полезной?",
        "Беше ли полезна тази страница?",
        "หน้านี้มีประโยชน์หรือไม่",
        "هل كانت هذه الصفحة مفيدة؟",
        "האם הדף הזה היה מועיל?",
        "Ήταν χρήσιμη αυτή η σελίδα;",
        "Trang này có hữu ích không?",
        "क्या यह पृष्ठ उपयोगी था?",
    ],
)
@pytest.mark.parametrize("buttons", ["", "\n\n😔\n🤨\n😃", "\n\n👍 👎", "\n\nYes\nNo"])
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_feedback_prompt_at_the_end_is_dropped_in_any_language(
    prompt: str, buttons: str, blank: str
) -> None:
    parts = ["Port 22 is for SSH. It is encrypted.", "Security", "Use keys, not passwords."]
    article = page(blank.join([*parts, prompt]) + buttons)

    assert [section.heading for section in article.sections] == ["Security"]
    assert article.sections[0].text == "Use keys, not passwords."


def test_a_page_may_end_with_a_question_that_is_answered() -> None:
    article = page("Port 22 is for SSH.\n\nFAQ\n\nIs port 22 encrypted?\n\nYes, all of it.\n")

    assert [(faq.question, faq.answer) for faq in article.faqs] == [
        ("Is port 22 encrypted?", "Yes, all of it.")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Home > Ports > Port 8443",
        "Home / Ports / Port 8443",
        "Ports » Port 8443",
        "You are here: Home › Ports › Port 8443",
        "1. Home\n2. Ports\n3. Port 8443",
        "Home | Ports | Tools | About",
        "We use cookies to improve your experience.",
        "Skip to main content",
        "On this page\n- What runs there\n- Security",
        "Last updated: 3 March 2024",
        "Advertisement",
        "5 min read",
    ],
)
def test_what_stands_above_the_content_is_dropped(line: str) -> None:
    article = page(
        f"{line}\n\nPort 8443\n\nPort 8443 is often a web console.\n\nWhat runs there\n\nTomcat."
        "\n\nSecurity\n\nPut it behind a login.\n"
    )

    assert article.title == "Port 8443"
    assert article.summary == "Port 8443 is often a web console."
    assert [section.heading for section in article.sections] == ["What runs there", "Security"]


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 Example Corp. All rights reserved.",
        "Privacy | Terms | Contact | Imprint",
        "← Port 8442",
        "Next: Port 8444",
        "Share this page",
        "Edit this page on GitHub",
        "12 of 15 found this helpful",
        "Back to top",
        "Subscribe to our newsletter",
    ],
)
def test_what_stands_below_the_content_is_dropped(line: str) -> None:
    article = page(f"Port 8443 is often a web console. It has a login.\n\n{line}\n")

    assert whole(article) == "Port 8443\nPort 8443 is often a web console. It has a login."


def test_text_that_looks_like_furniture_stays_where_it_is_content() -> None:
    article = page(
        "Port 9100 is for raw printing.\n\nUpdated clients use IPP. Next, print.\n\nContact\n\n"
        "The printer's owner.\n\nThe Bigger Picture\n\nPrinting moved on.\n"
    )

    assert "Updated clients use IPP. Next, print." in whole(article)
    assert [section.heading for section in article.sections] == ["Contact", "The Bigger Picture"]


def test_commands_are_found_in_prompts_indented_lines_and_fences() -> None:
    article = page(
        "Port 8883 is for MQTT over TLS.\n\nHow to check\n\nOn Linux:\n\n    $ ss -tlnp\n"
        "    # or\n    # lsof -i :8883\n\nOn Windows:\n\n"
        "PS C:\\> Get-NetTCPConnection -LocalPort 8883\n\n"
        "```bash\nmosquitto_sub -p 8883 \\\n  -t test\n```\n"
        "ss is the successor of netstat.\n"
    )

    assert article.commands == (
        "ss -tlnp",
        "lsof -i :8883",
        "Get-NetTCPConnection -LocalPort 8883",
        "mosquitto_sub -p 8883 -t test",
    )
    assert "ss is the successor of netstat." in whole(article)


def test_a_label_stays_where_its_command_does() -> None:
    article = page(
        "Port 25 is for mail.\n\nCheck it\n\nLook at it like this:\n\nOn Linux:\n\nss -tlnp\n\n"
        "On Windows:\n\nIf you see output, it listens.\n"
    )

    assert article.sections[0].text == (
        "Look at it like this:\n\nOn Linux:\n\n```\nss -tlnp\n```\n\n"
        "If you see output, it listens."
    )


def test_wrapped_text_with_underlined_headings_becomes_whole_paragraphs() -> None:
    article = page(
        "Port 8883\n=========\n\n"
        "Port 8883 is registered with IANA for MQTT over TLS under the name\n"
        "secure-mqtt. Brokers listen there when a certificate is configured, while\n"
        "the plaintext variant stays on port 1883.\n\nSecurity\n--------\n\n"
        "Clients should verify the certificate of the broker. Passwords travel inside\n"
        "the session and are not visible to observers.\n\n  * Rotate client certificates\n"
        "    once a year.\n"
    )

    assert article.title == "Port 8883"
    assert article.summary.endswith("the plaintext variant stays on port 1883.")
    assert article.sections[0].text == (
        "Clients should verify the certificate of the broker. Passwords travel inside the session"
        " and are not visible to observers.\n\n- Rotate client certificates once a year."
    )


def test_the_pages_own_references_become_sources() -> None:
    article = page(
        "Port 8883 is for MQTT.1\n\nReferences\n\n"
        "1. OASIS: MQTT 5.0, https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html\n"
        "2. Mosquitto manual\n"
    )

    assert [(source.title, source.url) for source in article.sources] == [
        ("page.txt", ""),
        ("OASIS: MQTT 5.0", "https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html"),
        ("Mosquitto manual", ""),
    ]
    assert article.sections == ()


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("Port 22\n\nIt is for SSH.\n", (22,)),
        ("TCP port 443 (HTTPS)\n\nThe web.\n", (443,)),
        ("Ports 20 and 21\n\nFTP needs both.\n", (20, 21)),
        ("Ports 6881-6889\n\nBitTorrent.\n", tuple(range(6881, 6890))),
        ("SSH uses 22/tcp. Nothing else does.\n", (22,)),
        ("Puerto 3306\n\nMySQL lo usa.\n", (3306,)),
        ("Порт 5432 использует PostgreSQL.\n", (5432,)),
        ("端口6379用于Redis。\n", (6379,)),
        ("連接埠 3389 用於遠端桌面。\n", (3389,)),
        ("ポート25はSMTPです。\n", (25,)),
        ("포트 8080은 웹 프록시가 씁니다.\n", (8080,)),
        ("พอร์ต 53 ใช้สำหรับ DNS\n", (53,)),
        ("Cổng 21 dành cho FTP.\n", (21,)),
        ("Port 22 differs from port 23. Port 22 is encrypted, port 22 has keys.\n", (22,)),
    ],
)
def test_the_port_a_page_is_about_is_found(text: str, ports: tuple[int, ...]) -> None:
    assert read_page("page.txt", text.encode()).ports == ports


def test_a_files_name_decides_between_ports_that_the_text_names() -> None:
    text = "The ports 110, 143, 993 and 995 are for mail. Port 110 came before port 143."

    assert read_page("port-143.txt", text.encode()).ports == (143,)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b" \n\t\n", "it is empty"),
        ("a.txt", b"A report on 443 people and what they support.", "it names no port number"),
        ("a.txt", b"The airport 70000 has port 70000.", "it names no port number"),
        ("a.txt", b"%PDF-1.7 port 80", "it is binary, not text"),
        ("a.txt", b"{\\rtf1\\ansi \\f0 Port 80 is HTTP.}", "it is binary, not text"),
        ("a.txt", b"port 80 \x00\x01\x02\x03", "it is binary, not text"),
        ("a.txt", b"port 80 " + bytes(range(1, 9)) * 9, "it is binary, not text"),
        ("a.txt", "Port 80 — é".encode()[:-1], "its UTF-8 is damaged at byte 12"),
        ("a.txt", b"\xef\xbb\xbfPort \xff80", "it begins as UTF-8, but is damaged at byte 5"),
        ("a.txt", b"\xff\xfeP\x00o\x00r", "it begins as UTF-16, but is damaged at byte"),
        ("a.txt", b"Port 80 is \x81\x8d\x8f\x90\x9d", "its encoding cannot be told"),
        ("a.pdf", b"Port 80 is HTTP.", "it is no .txt, .md or .html file"),
        (
            "a.txt",
            b"\n".join(b"Port %d: something" % port for port in range(20, 40)),
            "it names 20 ports, and none of them is clearly what it is about",
        ),
        (
            "a.txt",
            b"Common ports\n\n20 FTP data\n21 FTP control\n22 SSH\n23 Telnet\n",
            "it names 4 ports, and none of them is clearly what it is about",
        ),
        (
            "a.md",
            b"| Port | Service |\n| --- | --- |\n| 6443 | API |\n| 10250 | kubelet |\n",
            "it names 2 ports, and none of them is clearly what it is about",
        ),
        ("a.html", b"<html><script>port 80</script></html>", "it holds no text"),
        ("a.html", b"<i>" * 9000 + b"Port 80", "its elements are nested too deeply"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(
    name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(PageRefusedError) as refused:
        read_page(name, content)

    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"],
)
def test_text_is_read_in_the_encoding_it_was_saved_in(encoding: str) -> None:
    text = (
        "Port 22 gehört zu SSH. Für Rückmeldungen über Größe und Müll, naïve Café-Gäste,"
        " ganz ähnlich.\r\n"
    )
    article = article_of(read_page("a.txt", text.encode(encoding)), "a.txt")

    assert article.summary == text.strip()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Порт 22 используется для SSH. Это защищённый протокол удалённого доступа."),
        ("koi8-r", "Порт 22 используется для SSH. Это защищённый протокол удалённого доступа."),
        ("shift-jis", "ポート22はSSHに割り当てられています。安全なリモートログインのためです。"),
        ("gbk", "端口22分配给SSH。这是一个安全的远程登录协议。"),
        ("big5", "連接埠22分配給SSH。這是一個安全的遠端登入協定。"),
        ("cp1250", "Port 22 służy do bezpiecznego logowania. Zażółć gęślą jaźń, proszę państwa."),
    ],
)
def test_other_scripts_are_read_in_their_old_encodings(encoding: str, text: str) -> None:
    article = article_of(read_page("a.txt", text.encode(encoding)), "a.txt")

    assert article.summary.replace(" ", "") == text.replace(" ", "")


def test_a_summary_is_made_of_whole_sentences_of_at_most_300_characters() -> None:
    sentence = "Port 22 carries encrypted logins, files and tunnels between two machines. "
    article = page(sentence * 9)

    assert article.summary == (sentence * 4).strip()
    assert len(article.summary) <= 300


def test_one_endless_sentence_is_cut_at_a_word() -> None:
    article = page("Port 22 " + "carries things " * 60)

    assert article.summary.endswith("things…") or article.summary.endswith("carries…")
    assert len(article.summary) <= 300


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    content = ("Port 22\n" + text).encode("utf-8", "replace")
    for name in ("a.txt", "a.md", "a.html"):
        try:
            article = article_of(read_page(name, content), name)
        except PageRefusedError:
            continue
        assert article.ports
        assert len(article.summary) <= 300


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("a.txt", "a.md", "a.html"):
        try:
            read_page(name, b"port 22 " + content)
        except PageRefusedError as error:
            assert str(error)  # noqa: PT017 (refusing is one of two right outcomes)


PIECES = st.sampled_from(
    [
        "# ", "## ", "- ", "1. ", "* ", "> ", "```", "    ", "| a | b |", "|---|---|", "\n",
        "\n\n", ":", "Port 80", "FAQ", "What is it?", "On Linux:", "ss -tlnp", "[1]", ".1",
        "<b>", "</p>", "<table>", "<li>", "---", "===", "References", "https://a.example", "😃",
        "\t", "…", "“", "`",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_any_mix_of_the_marks_of_pages_is_read_or_refused(pieces: list[str]) -> None:
    text = "Port 80 is HTTP.\n\n" + " ".join(pieces)
    for name in ("a.txt", "a.md", "a.html"):
        try:
            read = read_page(name, text.encode())
        except PageRefusedError:
            continue
        lines = text.count("\n") + 1
        assert all(1 <= block.line <= lines for block in read.blocks)
        assert not any(isinstance(block, Heading) and not block.text for block in read.blocks)
