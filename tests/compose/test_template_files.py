from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compose.letters import texts
from tactd.core.compose.fact_names import STRANGER_FACTS
from tactd.core.compose.template_file import blocks, facts_named, faults
from tactd.core.compose.template_lint import file_faults, lint
from tactd.core.compose.template_set import Key

GOOD = "Subject: Hi\n\n[answer]\nShipped {{ shipped_on }}.\n"
FRAME = "[greeting]\nHello,\n\n[closing]\nBye,\n\n[signature]\n{{ shop }}\n"


def told(text: str, **where: object) -> list[str]:
    return [f"{fault.line}: {fault.reason}" for fault in faults(text, **where)]  # type: ignore[arg-type]


def test_a_file_is_a_subject_and_blocks() -> None:
    parts = blocks("\ufeffSubject:  Hi there \n\n[answer]\nOne.\n\nTwo.\n[next]\nThree.\n")
    assert [(p.name, p.text.strip(), p.line) for p in parts] == [
        ("subject", "Hi there", 1),
        ("answer", "One.\n\nTwo.", 4),
        ("next", "Three.", 8),
    ]


def test_windows_line_ends_are_line_ends() -> None:
    assert blocks(GOOD.replace("\n", "\r\n")) == blocks(GOOD)


def test_a_blank_on_a_line_of_its_own_is_no_heading() -> None:
    assert told("Subject: Hi\n\n[answer]\n[[your answer]]\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("shipped_on", "shiped_on"), "4: unknown fact 'shiped_on'; did you mean"),
        (GOOD.replace("Subject: ", "Betreff: "), "1: the first line must be 'Subject: …'"),
        (GOOD.replace("[answer]", "[anser]"), "3: unknown block [anser]"),
        (GOOD + "[answer]\nMore.\n", "5: a second block [answer]"),
        (GOOD.replace("[answer]", "Hello!\n[answer]"), "2: text above the first heading"),
        ("Subject: Hi\n", "1: there is no text under"),
        (GOOD + "\n{{ item\n", "6: "),
        (GOOD + "\n{% if item is defined %}x\n", "6: "),
        (GOOD + "\nx }}\n", "6: a stray '}}'"),
        (GOOD + "\n{% for x in item %}{% endfor %}", "6: only facts and 'if'"),
        (GOOD + "\n{{ item.upper() }}", "6: only facts and 'if'"),
        (GOOD + "\n{{ item.__class__ }}", "6: only facts and 'if'"),
        (GOOD + "\n{{ item[0] }}", "6: only facts and 'if'"),
        (GOOD + "\n{{ 7 * 7 }}", "6: only facts and 'if'"),
        (GOOD + "\n{% include 'passwords' %}", "6: only facts and 'if'"),
        (GOOD + "\n{% set item = 'x' %}", "6: only facts and 'if'"),
        (GOOD + "\n{{ item | attr('x') }}", "6: unknown filter 'attr'"),
        (GOOD + "\n{% if item is callable %}x{% endif %}", "6: unknown test 'callable'"),
        (GOOD + "{% if item is defined %}\nx\n{% endif %}\n{{ itm }}\n", "8: unknown fact 'itm'"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, expected: str) -> None:
    assert any(fault.startswith(expected) for fault in told(text)), told(text)


def test_a_frame_has_blocks_of_its_own_and_no_subject() -> None:
    assert told(FRAME, frame=True) == []
    assert told("Subject: Hi\n" + FRAME, frame=True) == ["1: a frame has no subject"]
    assert any("unknown block [greeting]" in fault for fault in told("Subject: Hi\n" + FRAME))


def test_a_letter_to_strangers_may_name_nothing_but_the_shop() -> None:
    assert told(GOOD, facts=STRANGER_FACTS) == ["4: unknown fact 'shipped_on'"]


def test_a_filter_that_cannot_be_applied_is_told() -> None:
    wrong = GOOD + "\n{{ item | upper(1, 2, 3) }}\n"
    assert file_faults(Key("delayed", "en"), wrong)


def test_the_facts_of_a_block_are_also_those_behind_an_if() -> None:
    text = "{% if item is defined %}{{ carrier }}{% else %}{{ total }}{% endif %}"
    assert facts_named(text) == {"item", "carrier", "total"}


@given(st.text(st.sampled_from("{}%#[]\n ifendS:answert_") | st.characters(), max_size=80))
def test_any_text_is_either_good_or_has_a_fault_with_a_line_in_it(text: str) -> None:
    for fault in file_faults(Key("delayed", "en"), text):
        assert 1 <= fault.line <= len(text.splitlines()) + 1
        assert fault.reason


# --------------------------------------------------------------------------- languages compared

TWO = {
    "_frame/en": FRAME,
    "_frame/es": FRAME,
    "delayed/en": GOOD,
    "delayed/es": GOOD.replace("Shipped", "Enviado"),
}


def test_languages_that_say_the_same_have_no_problems() -> None:
    assert lint(texts(TWO)) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"delayed/es": ""}, "delayed/es.txt:1: the first line must be"),
        ({"in_transit/en": GOOD}, "es: no text for in_transit; English is used there"),
        ({"delayed/en.2": GOOD}, "delayed/es.2.txt: is missing; delayed/en.2.txt is there"),
        ({"delayed/es": GOOD + "{{ item }}"}, "delayed/es.txt: names item, unlike delayed/en.txt"),
        (
            {"delayed/es": "Subject: x\n[next]\n[[día]]\n"},
            "delayed/en.txt: names shipped_on, unlike delayed/es.txt",
        ),
        (
            {"delayed/es": GOOD.replace("{{", "{% if shipped_on is defined %}{{") + "{% endif %}"},
            "delayed/en.txt: cannot do without shipped_on, unlike delayed/es.txt",
        ),
        ({"delayed/es": GOOD + "[[día]]\n"}, "delayed/es.txt: has 1 blanks, unlike delayed/en.txt"),
    ],
)
def test_a_language_that_says_something_else_is_told(
    changed: dict[str, str], expected: str
) -> None:
    problems = lint(texts({**TWO, **changed}))
    assert any(problem.startswith(expected) for problem in problems), problems
