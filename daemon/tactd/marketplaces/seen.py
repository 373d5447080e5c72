"""Which of a million numbers there were already."""

from __future__ import annotations

from array import array

SLOT_BITS = 22  # of slots: 32 MB, for three million numbers
_PRIME = (1 << 61) - 1
_SPREAD = 0x9E3779B97F4A7C15  # an odd number without a pattern: so numbers in a row lie apart


class Seen:
    """Which numbers there were, in little memory: by their hashes, each in the first slot that was
    free behind its own. Taking a new number for an old one would cost another look at the file."""

    def __init__(self, bits: int = SLOT_BITS) -> None:
        self._mask = (1 << bits) - 1
        self._slots = array("Q", bytes(8 << bits))
        self._free = 3 << (bits - 2)  # beyond, looking for a free one takes long
        self.hashes = array("Q")  # of all numbers that there were

    def before(self, number: str) -> bool:
        slots, mask = self._slots, self._mask
        hashed = hash_of(number)
        at = hashed * _SPREAD >> 64 & mask
        while held := slots[at]:
            if held == hashed:
                return True
            at = (at + 1) & mask
        slots[at] = hashed
        self.hashes.append(hashed)
        self._free -= 1
        if not self._free:
            self._double()
        return False

    def _double(self) -> None:
        larger = Seen(self._mask.bit_length() + 1)
        for hashed in self.hashes:
            at = hashed * _SPREAD >> 64 & larger._mask
            while larger._slots[at]:
                at = (at + 1) & larger._mask
            larger._slots[at] = hashed
            larger._free -= 1
        self._slots, self._mask, self._free = larger._slots, larger._mask, larger._free


def hash_of(number: str) -> int:
    """The same in every process, as Python's own is not."""
    return int.from_bytes(number.encode("utf-8", "replace"), "big") % _PRIME or 1
