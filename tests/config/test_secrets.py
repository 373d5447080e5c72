from __future__ import annotations

from pathlib import Path

import pytest

from tactd.config.fields import Place
from tactd.config.secrets import SecretSource, read_secret, secret_source
from tactd.errors import ConfigError

PLACE = Place(Path("/srv/tactd"), home=Path("/home/jane"))
SECRET = "correct horse battery"


def password_file(folder: Path, content: bytes, mode: int = 0o600) -> SecretSource:
    path = folder / "shop.password"
    path.write_bytes(content)
    path.chmod(mode)
    return SecretSource("file", str(path))


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ({"credential": "shop"}, SecretSource("credential", "shop")),
        ({"env": "SHOP_PASSWORD"}, SecretSource("env", "SHOP_PASSWORD")),
        ({"file": "shop.password"}, SecretSource("file", "/srv/tactd/shop.password")),
        ({"file": "/etc/tactd/x"}, SecretSource("file", "/etc/tactd/x")),
        ({"file": "~/x"}, SecretSource("file", "/home/jane/x")),
    ],
)
def test_a_source_names_where_the_password_is_kept(written: object, source: SecretSource) -> None:
    assert secret_source(written, PLACE) == source


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        {"plain": SECRET},
        {"credential": "../shop"},
        {"credential": ""},
        {"env": "A B"},
        {"file": "a\0b"},
        {"credential": "shop", "env": "SHOP_PASSWORD"},
        {},
        3,
        {"env": 3},
    ],
)
def test_anything_else_is_refused_and_never_repeated(written: object) -> None:
    with pytest.raises(ValueError, match="credential = ") as refusal:
        secret_source(written, PLACE)
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_one_line_end_at_the_end_of_a_password_file_is_dropped(tmp_path: Path, end: bytes) -> None:
    assert read_secret(password_file(tmp_path, SECRET.encode() + end), {}) == SECRET


def test_blanks_in_a_password_file_belong_to_the_password(tmp_path: Path) -> None:
    assert read_secret(password_file(tmp_path, b" a b \n"), {}) == " a b "


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o611])
def test_a_password_file_that_others_can_open_is_refused_with_chmod(
    tmp_path: Path, mode: int
) -> None:
    source = password_file(tmp_path, SECRET.encode(), mode)
    with pytest.raises(ConfigError, match="chmod 600") as refusal:
        read_secret(source, {})
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"one\ntwo\n", "more than one line"),
        (b"one\n\n", "more than one line"),
        (b"x" * 5000, "too long"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_a_password_is_refused(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    with pytest.raises(ConfigError, match=problem):
        read_secret(password_file(tmp_path, content), {})


def test_a_missing_password_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere: there is none"):
        read_secret(SecretSource("file", str(tmp_path / "nowhere")), {})


def test_a_missing_password_file_is_told_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        read_secret(SecretSource("file", str(tmp_path / "my shop.password")), {})
    assert f"cat > '{tmp_path}/my shop.password'" in str(told.value)


def test_a_folder_is_no_password_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(ConfigError, match="Is a directory"):
        read_secret(SecretSource("file", str(tmp_path)), {})


def test_a_credential_is_read_from_systemds_folder(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text(f"{SECRET}\n")
    env = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert read_secret(SecretSource("credential", "shop"), env) == SECRET


@pytest.mark.parametrize(
    ("env", "hint"),
    [({}, "LoadCredential=shop"), ({"CREDENTIALS_DIRECTORY": "/nowhere"}, "no file")],
)
def test_a_missing_credential_says_what_to_do(env: dict[str, str], hint: str) -> None:
    with pytest.raises(ConfigError, match=hint):
        read_secret(SecretSource("credential", "shop"), env)


@pytest.mark.parametrize("env", [{}, {"SHOP": ""}])
def test_an_environment_variable_must_be_set(env: dict[str, str]) -> None:
    assert read_secret(SecretSource("env", "SHOP"), {"SHOP": SECRET}) == SECRET
    with pytest.raises(ConfigError, match="SHOP is not set"):
        read_secret(SecretSource("env", "SHOP"), env)
