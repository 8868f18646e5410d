import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.components import Reader, render
from bot.cards.custom_ids import Kind, Recall, read
from bot.cards.parts import Card
from bot.languages import LOCALES, catalogue, fixed
from knowledge.ask import Context, ask
from knowledge.base import KnowledgeBase
from knowledge.model import (
    Alternative,
    Answer,
    Command,
    Faq,
    Intent,
    Point,
    PointKind,
    Question,
    Source,
    System,
)
from knowledge.phrasebook import ENGLISH

Broken = Callable[[Card], list[str]]
Components = Callable[[Card], list[dict[str, Any]]]
About = Callable[..., Answer]

READER = Reader(asker=42)


def texts(components: Components, card: Card) -> str:
    return "\n".join(c["content"] for c in components(card) if c["type"] == 10)


def recalled(components: Components, card: Card) -> list[Recall | None]:
    return [read(c["custom_id"]) for c in components(card) if "custom_id" in c]


def test_the_first_line_tells_port_service_and_status(
    about: About, components: Components
) -> None:
    lines = texts(components, render(about(576), READER)).split("\n")
    assert lines[0] == "### Port 576: ipcd (assigned)"
    assert lines[1] == "-# assigned for TCP and UDP · System Ports"


def test_official_and_actual_use_stand_under_headings_in_words(
    about: About, components: Components
) -> None:
    answer = about(
        points=(
            Point(PointKind.OFFICIAL, "It is given to ipcd."),
            Point(PointKind.PRACTICE, "It is met with Foo."),
            Point(PointKind.DISPUTED, "It is not Redox OS."),
        )
    )
    shown = texts(components, render(answer, READER))
    assert "**Official (IANA)**\n- It is given to ipcd." in shown
    assert "**In practice**\n- It is met with Foo." in shown
    assert "**Often said, but not so**\n- It is not Redox OS." in shown


def test_a_summary_that_only_repeats_the_points_is_left_out(
    about: About, components: Components
) -> None:
    points = (Point(PointKind.OFFICIAL, "A. B."), Point(PointKind.PRACTICE, "C. D."))
    shown = texts(components, render(about(summary="A. B. C.", points=points), READER))
    assert shown.count("A. B.") == 1


def test_what_is_official_is_told_under_its_heading_and_not_in_the_summary(
    about: About, components: Components
) -> None:
    points = (Point(PointKind.OFFICIAL, "A. B."), Point(PointKind.PRACTICE, "C."))
    shown = texts(components, render(about(summary="Yes. A. B.", points=points), READER))
    assert shown.count("A. B.") == 1
    assert "Yes.\n**Official (IANA)**\n- A. B.\n**In practice**\n- C." in shown


def test_commands_stand_in_a_code_block_for_the_first_system(
    about: About, components: Components
) -> None:
    shown = texts(components, render(about(576), READER))
    assert "**Commands on Linux**\n```sh\n# What listens\nshow 576 on linux\n```" in shown


@pytest.mark.parametrize(
    ("asked", "chosen", "shown"),
    [
        (None, None, "linux"),
        (System.MACOS, None, "macos"),
        (System.MACOS, System.WINDOWS, "windows"),
    ],
)
def test_commands_are_those_of_the_system_chosen_else_asked_for(
    asked: System | None,
    chosen: System | None,
    shown: str,
    about: About,
    components: Components,
) -> None:
    card = render(about(576, system=asked), Reader(asker=42, system=chosen))
    assert f"show 576 on {shown}" in texts(components, card)
    (select,) = (c for c in components(card) if c["type"] == 3)
    assert [o["value"] for o in select["options"] if o["default"]] == [shown]
    assert read(select["custom_id"]) == Recall(Kind.SYSTEM, 42, "en", "what is port 576?")


def test_commands_that_change_something_are_copied_apart_with_a_caution(
    about: About, components: Components
) -> None:
    commands = (
        Command("ufw allow 576", "ufw: open", "Everyone may connect."),
        Command("firewall-cmd --add-port=576", "firewalld: open", "Everyone may connect."),
        Command("firewall-cmd --reload", "firewalld: apply"),
    )
    shown = texts(components, render(about(commands={System.LINUX: commands}), READER))
    assert shown.count("```sh") == 2
    assert shown.count("-# Careful: Everyone may connect.") == 2


def test_a_comparison_shows_no_commands_of_one_of_its_ports(
    about: About, components: Components
) -> None:
    card = render(about(576, intent=Intent.COMPARE), READER)
    assert "```" not in texts(components, card)
    assert not [c for c in components(card) if c["type"] == 3]


@pytest.mark.parametrize("intent", [Intent.CHECK, Intent.OPEN])
def test_who_asks_what_to_do_gets_the_commands_first(
    intent: Intent, about: About, components: Components
) -> None:
    points = (Point(PointKind.OFFICIAL, "It is given to ipcd."),)
    alternatives = (Alternative("Grafana", (3000,), 0.5, "port 3000"),)
    sure = about(intent=intent, points=points, alternatives=alternatives)
    shown = texts(components, render(sure, READER))
    assert shown.index("**Commands on") < shown.index("**Official")
    unsure = replace(sure, confidence=0.5)
    shown = texts(components, render(unsure, READER))
    assert shown.index("**Did you") < shown.index("**Commands on") < shown.index("**Official")


def test_what_has_no_heading_does_not_stand_under_that_of_what_is_before_it(
    about: About, components: Components
) -> None:
    points = (Point(PointKind.RISK, "Careful."), Point(PointKind.DETAIL, "22/tcp: ssh"))
    card = render(about(points=points), READER)
    told = [part["content"] for part in components(card) if part["type"] == 10]
    assert "**Worth knowing**\n- Careful." in told
    assert "- 22/tcp: ssh" in told


def test_a_port_is_offered_once(base: KnowledgeBase, components: Components) -> None:
    answer = ask("redis port", base)
    numbers = re.findall(r"\d{4,5}", " ".join(
        c["label"] for c in components(render(answer, READER)) if c["type"] == 2
    ))  # fmt: skip
    assert {"6380", "16379", "26379"} <= set(numbers)
    assert len(numbers) == len(set(numbers))


def test_a_free_port_stands_in_the_title_and_nothing_is_told_twice(
    base: KnowledgeBase, components: Components
) -> None:
    for locale in LOCALES:
        phrases = catalogue(locale)
        answer = ask("/free count:10", base, Context(phrasebook=fixed(locale)))
        told = texts(components, render(answer, replace(READER, phrases=phrases)))
        title, summary, *points = told.split("\n")
        assert all(str(number) in title for number in answer.ports)
        assert str(answer.ports[0]) not in summary
        # One for each block and for each neighbourhood, not for each port.
        assert len([line for line in points if line.startswith("- ")]) < 10


def test_that_some_is_english_only_is_said_where_it_is_so(
    base: KnowledgeBase, components: Components
) -> None:
    german = replace(READER, language="de", phrases=catalogue("de"))
    note = "vorerst nur auf Englisch"
    assert note in texts(components, render(ask("port 3388", base), german))
    assert note not in texts(components, render(ask("port 3387", base), german))
    assert note in texts(components, render(ask("foobar server port?", base), german))
    fixed_only = "tcp LISTEN 0 9 127.0.0.1:22 *:*\ntcp LISTEN 0 9 127.0.0.1:6379 *:*"
    for asked, partly in (
        (fixed_only, False),
        ("22, 80, 443 und 25?", True),
        ("5200-5210", False),
    ):
        answer = ask(asked, base, Context(phrasebook=fixed("de")))
        assert (note in texts(components, render(answer, german))) is partly


def test_one_system_needs_no_choice(about: About, components: Components) -> None:
    answer = about(commands={System.LINUX: (Command("ss", "What listens"),)})
    assert not [c for c in components(render(answer, READER)) if c["type"] == 3]


def test_neighbours_are_buttons_that_say_which_port(about: About, components: Components) -> None:
    card = render(about(576), READER)
    labels = [c["label"] for c in components(card) if c["type"] == 2]
    assert labels[:2] == ["◀ Port 575", "Port 577 ▶"]
    assert Recall(Kind.PORT, 42, "en", "575") in recalled(components, card)


def test_alternatives_are_offered_as_buttons(about: About, components: Components) -> None:
    alternatives = (Alternative("Grafana *3000*", (3000,), 0.5, "port 3000"),)
    unsure = render(about(576, alternatives=alternatives, confidence=0.5), READER)
    assert "**Did you mean**" in texts(components, unsure)
    assert Recall(Kind.ASK, 42, "en", "port 3000") in recalled(components, unsure)
    sure = render(about(576, alternatives=alternatives), READER)
    assert "**See also**" in texts(components, sure)


def test_where_only_offers_are_made_the_title_says_so(
    base: KnowledgeBase, components: Components
) -> None:
    for phrases, title in ((ENGLISH, "Did you mean"), (catalogue("de"), "Meintest du")):
        answer = ask("foobar server port?", base)
        card = render(answer, replace(READER, phrases=phrases))
        shown = texts(components, card)
        assert shown.startswith(f"### {title}\n")
        assert shown.count(title) == 1
        assert shown.index(title) < shown.index("-# I answer questions")


def test_captions_name_the_host_as_the_commands_do(
    base: KnowledgeBase, components: Components
) -> None:
    for phrases in (ENGLISH, catalogue("de"), catalogue("ja")):
        answer = ask("does example.org answer on port 443?", base)
        shown = texts(components, render(answer, replace(READER, phrases=phrases)))
        assert "HOST" not in shown
        assert shown.count("example.org") == 7  # the summary; three commands and their captions


def test_a_list_is_whole_even_where_the_summary_tells_of_it(
    about: About, components: Components
) -> None:
    points = tuple(Point(PointKind.NEIGHBORS, f"{n}: name") for n in (575, 576, 577))
    answer = about(intent=Intent.NEIGHBORS, summary="Below is 575: name.", points=points)
    shown = texts(components, render(answer, READER))
    assert "- 575: name\n- 576: name\n- 577: name" in shown


def test_what_is_asked_for_itself_needs_no_heading(about: About, components: Components) -> None:
    shown = texts(components, render(about(points=(Point(PointKind.DETAIL, "Ah."),)), READER))
    assert "- Ah." in shown.split("\n")
    assert "****" not in shown


def test_a_concept_answer_leads_to_related_ones(components: Components) -> None:
    entry = Faq("time-wait", "What is TIME_WAIT?", (), "A state.", related=("sockets", "gone"))
    answer = Answer(
        Question("time wait?"), Intent.FAQ, 0.9, entry.question, entry.answer, faq=entry.slug,
        entry=entry,
    )  # fmt: skip
    card = render(answer, Reader(asker=1, faq_titles={"sockets": "What is a socket?"}))
    assert "What is TIME\\_WAIT?" in texts(components, card)
    assert recalled(components, card)[0] == Recall(Kind.FAQ, 1, "en", "sockets")


def test_nothing_in_a_text_pings_or_formats(about: About, components: Components) -> None:
    shown = texts(components, render(about(title="# *@everyone* <@123456789012345678>"), READER))
    assert "### \\# \\*@\u200beveryone\\* \\<@\u200b123456789012345678>" in shown


TEXT = st.text(max_size=400)
POINTS = st.lists(
    st.builds(Point, st.sampled_from(PointKind), st.text(max_size=900)), max_size=12
).map(tuple)
COMMANDS = st.dictionaries(
    st.sampled_from(System),
    st.lists(st.builds(Command, TEXT, TEXT, TEXT), max_size=12).map(tuple),
)
SOURCES = st.lists(
    st.builds(Source, TEXT, st.one_of(TEXT, TEXT.map("https://x.example/{}".format))), max_size=15
).map(tuple)
ALTERNATIVES = st.lists(
    st.builds(Alternative, TEXT, st.just(()), st.floats(0, 1), st.text(max_size=120)), max_size=8
).map(tuple)


@settings(max_examples=100, deadline=None)
@given(
    question=st.builds(Question, TEXT),
    intent=st.sampled_from(Intent),
    title=TEXT,
    summary=TEXT,
    points=POINTS,
    commands=COMMANDS,
    sources=SOURCES,
    alternatives=ALTERNATIVES,
)
def test_any_answer_makes_a_card_within_discords_limits(
    about: About, broken_limits: Broken, **changes: Any
) -> None:
    assert not broken_limits(render(about(576, **changes), READER))


def test_ports_of_every_sort_make_such_a_card(base: KnowledgeBase, broken_limits: Broken) -> None:
    used = base.connection.execute("SELECT first FROM use UNION SELECT first FROM risk")
    for number in {number for (number,) in used} | set(range(0, 65536, 97)):
        assert not broken_limits(render(ask(f"port {number}", base), READER)), number


@pytest.mark.parametrize(
    "wording", ["check port {}", "open port {}", "is port {} safe", "around {}"]
)
def test_every_article_makes_such_a_card_whatever_is_asked(
    wording: str, base: KnowledgeBase, broken_limits: Broken
) -> None:
    rows = base.connection.execute("SELECT DISTINCT number FROM article_port").fetchall()
    assert rows
    for (number,) in rows:
        card = render(ask(wording.format(number), base), READER)
        assert not broken_limits(card), number


def test_every_faq_makes_such_a_card(base: KnowledgeBase, broken_limits: Broken) -> None:
    for entry in base.faqs():
        answer = ask(entry.question, base)
        assert not broken_limits(render(answer, READER)), entry.slug
