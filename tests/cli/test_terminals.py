"""Output survives whatever it is written to, and means the same everywhere."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from cli.seller import TACTD, Seller
from servers.imap_faults import FaultyImap
from shop import ebay_mail, jane, mail
from tactd import screens
from tactd.core.types import By, Outcome
from tactd.screens.problems import TROUBLES
from tactd.screens.status_shown import _DECIDED, _SENT
from tactd.screens.terminal import clean, plain

ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# design.md, commands: the keys that scripts rely on
WHY_KEYS = """
kind marketplace order orders match intent confidence also language sentiment sure situation
decision would trail reasons reply
buyer tells refused believed
""".split()  # noqa: SIM905 - as the design lists them, then those of notices


@pytest.fixture
def shop(seller: Seller) -> Seller:
    """With an order in the book and a buyer's question in a file."""
    seller.export()
    assert seller("orders", "import", "OrdersReport.csv").code == 0
    (seller.root / "one.eml").write_bytes(ebay_mail("Hello, where is my order?"))
    return seller


def test_why_of_a_file_has_the_keys_that_scripts_rely_on(shop: Seller) -> None:
    facts = shop("why", "one.eml", "--json").facts
    assert list(facts) == WHY_KEYS
    assert facts["match"].keys() == {"confidence", "certain", "evidence"}
    assert all(one.keys() == {"kind", "value", "weight"} for one in facts["match"]["evidence"])
    assert facts["trail"][0].keys() >= {"step", "verdict", "code", "reason", "data"}
    assert facts["reply"].keys() == {"subject", "body"}
    assert (facts["decision"], facts["would"]) == ("stage", "send")
    assert not (shop.root / "replies").exists()


def test_why_of_a_mail_without_an_order_has_the_same_keys(shop: Seller) -> None:
    (shop.root / "two.eml").write_bytes(mail("Buy gold", Auto_Submitted="auto-replied"))
    facts = shop("why", "two.eml", "--json").facts
    assert list(facts) == WHY_KEYS
    assert (facts["decision"], facts["order"], facts["reply"]) == ("skip", None, None)


def test_no_value_of_the_evidence_can_steer_a_terminal(shop: Seller) -> None:
    facts = shop("why", "one.eml", "--json").facts
    values = [one["value"] for one in facts["match"]["evidence"]]
    assert "tidepool_ann + 395012345671" in values
    assert not any(map(ESCAPE.search, values))


def test_a_files_time_is_on_the_sellers_clock_where_it_names_none(shop: Seller) -> None:
    early = shop("why", "one.eml", "--at", "2026-11-22T01:00", "--json").facts
    assert early == shop("why", "one.eml", "--at", "2026-11-21T17:00+00:00", "--json").facts


@pytest.mark.parametrize("words", [("status",), ("orders",), ("staged",), ("why",), ("check",)])
def test_every_command_that_prints_facts_prints_json(shop: Seller, words: tuple[str, ...]) -> None:
    json.loads(shop(*words, "--json").out)


@pytest.mark.parametrize("words", [("status",), ("orders",), ("why", "one.eml")])
def test_a_file_gets_no_escape_codes_and_no_cut_lines(shop: Seller, words: tuple[str, ...]) -> None:
    out = shop(*words).out
    assert not ESCAPE.search(out)
    if words == ("orders",):
        assert "12-34567-89012" in out
        assert "LK473124829CN" in out


def test_a_terminal_without_unicode_costs_only_beauty(shop: Seller) -> None:
    for words in (("status",), ("why", "one.eml")):
        ran = shop.fresh(*words, PYTHONIOENCODING="ascii")
        assert ran.err == ""
        assert ran.out.isascii()


def test_json_loses_nothing_on_a_terminal_without_unicode(shop: Seller) -> None:
    shop.export(jane(Buyer_Name="Zoë Müller"), name="OrdersReport.csv")
    shop("orders", "import", "OrdersReport.csv")
    ran = shop.fresh("orders", "--json", PYTHONIOENCODING="ascii")
    assert ran.out.isascii()
    assert ran.facts[0]["buyer"] == "Zoë Müller"


def test_a_narrow_terminal_keeps_what_tells_rows_apart(shop: Seller) -> None:
    out = shop.fresh("orders", COLUMNS="60").out
    assert all(len(line) <= 60 for line in out.splitlines())
    assert "12-34567-89012" in out
    assert "2026" in out


def test_a_reader_who_has_gone_ends_a_command_quietly(shop: Seller) -> None:
    for words in (("status",), ("orders", "--json")):
        running = shop.start(*words)
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
        running.stderr.close()
        assert running.wait(30) == 141


def test_no_output_at_all_is_no_error(shop: Seller) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m tactd status >&-', TACTD[0]],
        cwd=shop.root,
        env=shop.environment({}),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_options_count_wherever_they_stand(shop: Seller) -> None:
    elsewhere = shop.root / "elsewhere"
    elsewhere.mkdir()
    away = Seller(elsewhere)
    config = str(shop.root / "config.toml")
    for words in (
        ("--config", config, "orders", "list", "--json"),
        ("orders", "--config", config, "--json", "list"),
        ("orders", "list", "--config", config, "--json"),
    ):
        assert [one["number"] for one in away(*words).facts] == ["12-34567-89012"]
    assert away.fresh("orders", "--json", TACTD_CONFIG=config).facts


def test_text_of_strangers_is_no_markup_and_steers_nothing() -> None:
    assert clean("\x1b[31mred\x07") == "�[31mred�"
    assert clean("one\x1ftwo\nthree") == "one + two\nthree"
    assert plain("[red]x[/]") == r"\[red]x\[/]"


def test_classify_answers_each_line_whatever_it_holds(seller: Seller) -> None:
    given = '{"id": 1, "subject": "", "body": "Where is my order?"}\nno json\n\n[]\n'
    lines = [json.loads(line) for line in seller("classify", given=given).out.splitlines()]
    keys = {"id", "intent", "confidence", "also", "language", "sentiment", "sure"}
    assert lines[0].keys() >= keys
    assert [("error" in line) for line in lines] == [False, True, True]


def test_once_says_what_it_did(shop: Seller, faulty_imap: FaultyImap) -> None:
    faulty_imap.add(ebay_mail("Hello, where is my order?"))
    faulty_imap.add(mail("out", message_id="<m2@example.com>", Auto_Submitted="auto-replied"))
    shop.configure(imap=faulty_imap.port)
    ran = shop("once", "--json")
    assert ran.code == 0, ran.err
    assert ran.facts["read"] == 2
    assert ran.facts["decided"] == {"stage": 1, "skip": 1}
    assert (ran.facts["staged"], ran.facts["waiting"], ran.facts["sent"]) == (1, 1, 0)
    assert "0 mails read, 0 staged, 0 sent" in shop("once").out


def test_moving_a_reply_is_seen_before_tactd_acts_on_it(
    shop: Seller, faulty_imap: FaultyImap
) -> None:
    faulty_imap.add(ebay_mail("Hello, where is my order?"))
    shop.configure(imap=faulty_imap.port)
    shop("once")
    assert "1 reply waits for you" in shop("status").out
    assert shop("staged", "show", "1").out.startswith("To: ")
    ran = shop("staged", "approve", "1", "99")
    assert ran.code == 1
    assert "approved/" in ran.out
    assert "there is no reply 99" in ran.err
    assert "not running" in ran.err
    assert "No reply waits for you" in shop("status").out
    assert "lies in approved/ already" in shop("staged", "approve", "1").err
    (row,) = shop("staged", "--json").facts
    assert row["file"].startswith("approved/")


def test_a_hundred_problems_of_a_file_do_not_fill_the_screen(shop: Seller) -> None:
    bad = [jane(Order_Number=f"12-34567-{number:05d}", Quantity="many") for number in range(40)]
    shop.export(*bad, name="bad.csv")
    ran = shop("orders", "import", "bad.csv")
    assert len(ran.out.splitlines()) < 30
    assert Path(shop.root / "bad.csv").exists()


def test_status_has_words_for_everything_that_can_be_counted() -> None:
    assert {*map(str, Outcome)} == _DECIDED.keys()
    assert {*map(str, By)} == _SENT.keys()


def test_status_has_words_for_every_trouble_that_is_reported() -> None:
    source = Path(screens.__file__).parents[1]
    text = "".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))
    reported = set(re.findall(r'journal\.report\(\s*conn,\s*"(\w+)"', text))
    assert reported >= {"export", "mail_poisoned", "reply_unclear"}
    assert reported <= TROUBLES.keys()
