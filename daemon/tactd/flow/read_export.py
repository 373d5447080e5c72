"""READ an export: a file's bytes → what it says of orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tactd.adapters.apart import ApartError, BrokenOffError, apart
from tactd.marketplaces import Export, NotAnExportError, recognise
from tactd.marketplaces.export import OnRows
from tactd.marketplaces.generic.form import Form
from tactd.marketplaces.workbook import is_workbook, packed


def read_export(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    forms: Sequence[Form] = (),
) -> Export:
    """Everything that the file `name` says, whoever made it; `forms` are those that the seller has
    described. Raises NotAnExportError.

    A workbook is opened in a process of its own: it may be damaged, or made to do harm."""
    return recognise(_opened(data, name), name, modified, on_rows, forms)


def _opened(data: bytes, name: str) -> bytes:
    if not is_workbook(data):
        return data
    try:
        return apart(packed, data)
    except ApartError as error:
        raise NotAnExportError(f"{name}: {error}") from error
    except BrokenOffError as error:
        raise NotAnExportError(
            f"{name} cannot be opened: it is damaged, or takes more memory and time than any "
            "export does; open it in a spreadsheet and save it as CSV"
        ) from error
