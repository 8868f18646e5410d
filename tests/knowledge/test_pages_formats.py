"""Markdown and HTML pages: their structure, and the site around them."""

from pathlib import PurePath

import pytest

from knowledge.model import Article
from knowledge.sources.blocks import Code, Heading, Item, Paragraph, Row
from knowledge.sources.html_pages import read_html
from knowledge.sources.markdown_pages import read_markdown
from knowledge.sources.pages import article_of, read_page

HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Port 5432 (PostgreSQL) | NetWiki</title>
<link rel="canonical" href="https://wiki.example/ports/5432">
<style>p { color: red }</style></head><body>
<div id="cookie-banner"><p>We would like to store things.</p><button>Accept</button></div>
<header><nav><ul><li><a href="/">Main page</a></li></ul></nav></header>
<ol class="breadcrumb"><li>Ports</li><li>Port 5432</li></ol>
<main><article>
<header><h1>Port 5432</h1></header>
<div class="toc"><h2>Contents</h2><ul><li>Usage</li></ul></div>
<p><b>Port 5432</b> belongs to
<a href="/pg">PostgreSQL</a>.<sup><a href="#cite_note-1">[1]</a></sup>
There are 2<sup>16</sup> numbers.</p>
<h2>Usage<span class="mw-editsection">[edit]</span></h2>
<p>Connect with <code>psql -p 5432</code>:<br>it asks for a password.</p>
<pre><code class="language-bash">$ ss -tlnp 'sport = :5432'
LISTEN 0 244 127.0.0.1:5432</code></pre>
<ul><li>One<ul><li>Inner</li></ul></li><li><p>Two</p></li></ul>
<dl><dt>Protocol</dt><dd>TCP</dd></dl>
<table><tr><th>Port</th><th>Service</th></tr><tr><td>5432</td><td>postgresql</td></tr></table>
<h2>FAQ</h2>
<details><summary>Is it encrypted?</summary><p>If TLS is on.</p></details>
<h2>References</h2>
<ol><li>^ <a href="https://www.postgresql.org/docs/">PostgreSQL documentation</a></li></ol>
<div class="feedback"><p>Did that help you on?</p><button>Yes</button></div>
<p hidden>Secret</p><p style="display: none">Secret</p><div aria-hidden="true">Secret</div>
</article></main>
<aside>Other ports</aside><footer>About us</footer>
<script>var port = 1;</script></body></html>
"""
MARKDOWN = """---
title: Port 22
service: ssh
url: https://ports.example/22
---
[Home](/) > [Ports](/p) > Port 22

# Port 22 (SSH)

Port 22 is **officially** assigned to `ssh`[^1], over
TCP and UDP. See [RFC 4251](https://www.rfc-editor.org/rfc/rfc4251).

![a key](key.png)

- keys
- passwords,
  sometimes
  1. long ones

```console
$ ss -tlnp
State  Recv-Q
```

| Port | State |
|------|-------|
| 22   | ssh   |

## Frequently Asked Questions

### Is it TCP?

Yes.

### Is it `encrypted`?

All of it.

[^1]: IANA, https://www.iana.org/assignments/service-names-port-numbers/
"""


def article(text: str, name: str) -> Article:
    return article_of(read_page(name, text.encode()), PurePath(name).name)


def test_html_gives_the_main_content_and_nothing_of_the_site() -> None:
    read = article(HTML, "5432.html")

    assert read.ports == (5432,)
    assert read.title == "Port 5432"
    assert read.summary == "Port 5432 belongs to PostgreSQL. There are 2^16 numbers."
    assert [section.heading for section in read.sections] == ["Usage"]
    assert read.sections[0].text == (
        "Connect with `psql -p 5432`: it asks for a password.\n\n"
        "```bash\n$ ss -tlnp 'sport = :5432'\nLISTEN 0 244 127.0.0.1:5432\n```\n\n"
        "- One\n  - Inner\n- Two\n- Protocol: TCP\n\n"
        "| Port | Service |\n| --- | --- |\n| 5432 | postgresql |"
    )
    assert read.commands == ("ss -tlnp 'sport = :5432'",)
    assert [(faq.question, faq.answer) for faq in read.faqs] == [
        ("Is it encrypted?", "If TLS is on.")
    ]
    assert [(source.title, source.url) for source in read.sources] == [
        ("Port 5432", "https://wiki.example/ports/5432"),
        ("PostgreSQL documentation", "https://www.postgresql.org/docs/"),
    ]
    assert read.origin == "https://wiki.example/ports/5432"


def test_markdown_gives_front_matter_structure_and_footnotes() -> None:
    page = read_page("ssh.md", MARKDOWN.encode())
    read = article_of(page, "ssh.md")

    assert page.front["service"] == "ssh"
    assert page.lines["service"] == 3
    assert read.title == "Port 22 (SSH)"
    assert read.summary == "Port 22 is officially assigned to ssh, over TCP and UDP. See RFC 4251."
    assert read.commands == ("ss -tlnp",)
    assert [faq.question for faq in read.faqs] == ["Is it TCP?", "Is it encrypted?"]
    assert "- keys\n- passwords, sometimes\n  1. long ones" in read.sections[0].text
    assert "| Port | State |\n| --- | --- |\n| 22 | ssh |" in read.sections[0].text
    assert read.sources[1].url == "https://www.iana.org/assignments/service-names-port-numbers/"
    assert "Home" not in read.summary
    assert "key.png" not in read.sections[0].text


def test_every_block_knows_its_line() -> None:
    blocks = {type(block): block for block in reversed(read_markdown(MARKDOWN).blocks)}

    lines = MARKDOWN.split("\n")
    for kind, words in (
        (Heading, "# Port 22 (SSH)"),
        (Item, "- keys"),
        (Code, "$ ss -tlnp"),
        (Row, "| Port | State |"),
    ):
        assert lines[blocks[kind].line - 1] == words
    html = {type(block): block for block in reversed(read_html(HTML).blocks)}
    assert "<h1>" in HTML.split("\n")[html[Heading].line - 1]
    assert "<b>Port 5432" in HTML.split("\n")[html[Paragraph].line - 1]


@pytest.mark.parametrize(
    "front",
    [
        "title: [broken",
        "title: 'x\n",
        "- a list",
        "&a [*a]",
        "? {}",
        "!!python/object:os.system x",
    ],
)
def test_broken_front_matter_is_dropped(front: str) -> None:
    read = article(f"---\n{front}\n---\n\n# Port 25\n\nPort 25 is for mail.\n", "a.md")

    assert (read.ports, read.summary) == ((25,), "Port 25 is for mail.")


@pytest.mark.parametrize(
    ("front", "ports"),
    [
        ("port: 25", (25,)),
        ("ports: [25, 465]", (25, 465)),
        ('ports: ["6881-6883"]', (6881, 6882, 6883)),
        ("port_number: '587'", (587,)),
        ("port: true", (99,)),
        ("port: 70000", (99,)),
    ],
)
def test_front_matter_names_the_port_first_of_all(front: str, ports: tuple[int, ...]) -> None:
    page = read_page("a.md", f"---\n{front}\n---\n\n# Port 99\n\nText.\n".encode())

    assert page.ports == ports


def test_a_summary_in_front_matter_comes_first() -> None:
    read = article("---\nport: 25\nsummary: Port 25 is for mail.\n---\n\nMore text.\n", "a.md")

    assert read.summary.startswith("Port 25 is for mail.")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Port 80 is HTTP.",
        "Port 80 is HTTP.",
        "<div><div>Port 80 is <b>HTTP</div></b>.",
        "<body><table><tr><td>Port 80 is HTTP.</td></tr></table></body>",
        "<!-- x --><p>Port 80 is HTTP.</p><![CDATA[x]]>",
        "<html><body><main></main><p>Port 80 is HTTP.</p></body></html>",
        "<div>" * 300 + "<p>Port 80 is HTTP.</p>",
        "<pre>Port 80 is HTTP.</pre><p>Port 80 is HTTP.</p>",
    ],
)
def test_broken_html_is_read_all_the_same(html: str) -> None:
    page = read_page("a.html", html.encode())

    assert page.ports == (80,)
    assert "HTTP" in " ".join(block.text for block in page.blocks)


def test_an_html_page_in_a_text_file_is_read_as_html() -> None:
    read = article(HTML, "5432.txt")

    assert read.title == "Port 5432"


def test_a_declared_encoding_is_used() -> None:
    html = (
        '<html><head><meta charset="windows-1251"></head><body><h1>Порт 22</h1>'
        "<p>Это порт 22 для SSH.</p></body></html>"
    )
    read = article_of(read_page("a.html", html.encode("cp1251")), "a.html")

    assert read.summary == "Это порт 22 для SSH."


def test_the_title_loses_the_name_of_the_site() -> None:
    draft = read_html("<title>SpeedGuide - Port 1723 Details</title><p>Port 1723 is PPTP.</p>")

    assert draft.title == "Port 1723 Details"


def test_an_inlined_image_costs_nothing() -> None:
    picture = "data:image/png;base64," + "QUJD" * 20000
    read = article(f'<h1>Port 80</h1><p>Port 80 is HTTP.</p><img src="{picture}">', "a.html")

    assert read.summary == "Port 80 is HTTP."
