"""`tactd staged approve` takes what a file moved to approved/ by hand would be sent by, and refuses
the rest in the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from clock_shop import ClockShop, clock_shop
from story_kit import edit, notes
from tactd.screens import staged

# What is wrong with the file (old text, new text), and what he is told.
FLAWS = {
    "a blank is left": (("Kind regards", "[[your word]]\n\nKind regards"), "still to be filled in"),
    "the address is another": (("To: buyer1@", "To: other@"), "after 'To:' was changed"),
    "the subject is gone": (("Subject: ", "Subject:\n\nSubject: "), "there is no subject"),
    "a line stands above": (("Subject: ", "Cc: me@example.org\nSubject: "), "there is no subject"),
}


async def drafted(shop: ClockShop) -> Path:
    shop.book()
    await shop.asks()
    [path] = shop.files("staged")
    return path


def approve(shop: ClockShop) -> tuple[int, list[str]]:
    store, root = shop.service.parts.store, shop.root / "replies"
    moved, problems = staged.move_all(store, root, ("1",), "approved")
    return len(moved), problems


@pytest.mark.parametrize(("change", "said"), FLAWS.values(), ids=FLAWS)
async def test_what_could_not_be_sent_is_refused_in_the_words_of_the_folder(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        path = await drafted(shop)
        edit(path, *change)
        moved, [problem] = approve(shop)
        assert moved == 0
        assert problem.startswith("reply 1: Not sent: ")
        assert said in problem
        assert shop.files("staged") == [path]
        shop.move(path, "approved")
        await shop.beat()
        [there] = shop.files("trouble")
        assert said in " ".join(notes(there).replace("\n#", "").split())
        assert shop.sent == []


async def test_what_must_be_filled_in_is_named_and_goes_once_it_is(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        await shop.asks("Which colours does it come in?")
        [path] = shop.files("staged")
        _, [problem] = approve(shop)
        assert problem.endswith("[[your answer]]")
        edit(path, "[[your answer]]", "Blue and green.")
        assert approve(shop) == (1, [])
        await shop.beat()
        assert [text for text in shop.states() if text.endswith("sent")]


async def test_an_edited_text_goes(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        edit(await drafted(shop), "Kind regards", "Best wishes")
        assert approve(shop) == (1, [])
        await shop.beat()
        assert len(shop.sent) == 1
