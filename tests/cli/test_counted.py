"""One mail is not "1 mails", in any language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ebay_samples import JANE, report
from tactd.adapters.exports import ExportFolder
from tactd.adapters.store import journal, open_store
from tactd.core.counted import COUNTED, span_label
from tactd.core.reasons import SENTENCES, sentence
from tactd.flow.imported import Imported
from tactd.flow.imports import import_file
from tactd.marketplaces import Problem

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SAID = {
    "limit.counted": {
        "en": "1 mail to this buyer in the last 60 days",
        "zh": "最近 60 天内给该买家发过 1 封邮件",
        "es": "1 correo a este comprador en los últimos 60 días",
    },
    "limit.answers_full": {
        "en": "limit full, your decision: 1 answer in 1 hour; frees up soon",
        "zh": "已达上限，由您决定：1小时内 1 封回复；soon 之后恢复",
        "es": "límite alcanzado, usted decide: 1 respuesta en 1 hora; se libera soon",
    },
    "limit.unasked_full": {
        "en": "limit full: 1 unasked mail in 1 hour; frees up soon",
        "zh": "已达上限：1小时内 1 封主动邮件；soon 之后恢复",
        "es": "límite alcanzado: 1 correo no pedido en 1 hora; se libera soon",
    },
}


@pytest.mark.parametrize("code", SAID)
@pytest.mark.parametrize("language", ["en", "zh", "es"])
def test_one_of_something_is_one(code: str, language: str) -> None:
    data = {"mails": "1", "count": "1", "period": "1 hours", "free_at": "soon"}
    assert sentence(code, language, data) == SAID[code][language]


def test_several_are_several() -> None:
    assert sentence("limit.counted", "en", {"mails": "12"}).startswith("12 mails to")
    assert (span_label("7 days", "es"), span_label("soon", "es")) == ("7 días", "soon")


def test_what_is_counted_stands_in_its_sentence() -> None:
    for named in COUNTED:
        code, name = named.split(" ")
        assert all(f"{{{name}}}" in text for text in SENTENCES[code]), named


def test_a_file_with_one_bad_row_is_told_of_as_one(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    path = tmp_path / "Orders.csv"
    path.write_text(report([JANE, {**JANE, "Order Number": "nonsense"}], footer=""), "utf-8")
    import_file(store, ExportFolder(tmp_path), path, NOW)
    with store.read() as conn:
        [trouble] = journal.open_troubles(conn)
    store.close()
    assert trouble.detail == "1 row could not be used"


def test_the_report_beside_a_file_counts_its_orders() -> None:
    result = Imported(name="Orders.csv", orders=1, problems=(Problem(3, "no date"),))
    assert result.report().startswith("Orders.csv: 1 order imported; these rows")
