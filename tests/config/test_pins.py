"""The pinned lists install everywhere the same, from any index, and cover what we depend on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.!+_]+)")
RUN, DEV = "requirements.txt", "requirements-dev.txt"


def lines(name: str) -> list[str]:
    rows = (CHECKOUT / name).read_text("utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def pins(*names: str) -> dict[str, str]:
    found = [PIN.fullmatch(row) for name in names for row in lines(name)]
    return {canonicalize_name(pin[1]): pin[2] for pin in found if pin}


@pytest.mark.parametrize("name", [RUN, DEV])
def test_a_list_holds_nothing_but_names_with_exact_versions(name: str) -> None:
    assert [row for row in lines(name) if not PIN.fullmatch(row)] == []


def test_no_package_is_pinned_twice() -> None:
    assert len(pins(RUN, DEV)) == len(lines(RUN)) + len(lines(DEV))


@pytest.mark.parametrize(
    ("group", "names"), [(None, (RUN,)), ("demo", (RUN,)), ("dev", (RUN, DEV))]
)
def test_everything_that_we_depend_on_is_pinned_to_a_version_that_will_do(
    group: str | None, names: tuple[str, ...]
) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["optional-dependencies"][group] if group else project["dependencies"]
    pinned = pins(*names)
    requirements = [Requirement(row) for row in wanted if not row.startswith("tactd")]
    unmet = [
        str(row)
        for row in requirements
        if not row.specifier.contains(pinned.get(canonicalize_name(row.name), "0.0.0.dev0"))
    ]
    assert unmet == []
    assert {canonicalize_name(row.name) for row in requirements} <= set(pinned)
