"""A process of its own for work that may take all memory, never end, or end its process.

Bytes go in and bytes come out. The work is a function of a module, so that it can be named across
processes; it knows neither files nor network.
"""

from __future__ import annotations

import contextlib
import importlib
import resource
import subprocess
import sys
from collections.abc import Callable

from tactd.errors import TactdError

MEMORY = 768 * 1024 * 1024  # bytes of addresses; the service as a whole has 1 GB
SECONDS = 40  # of one processor; a hundred thousand orders take six

_REFUSED = 3
_SAID = 2000  # characters


class ApartError(TactdError):
    """What the work itself said against its input."""


class BrokenOffError(TactdError):
    """The work took too much memory or time, or ended its process."""


def apart(
    work: Callable[[bytes], bytes], data: bytes, memory: int = MEMORY, seconds: int = SECONDS
) -> bytes:
    """`work(data)`, done in another process. Raises ApartError where the work raises a TactdError,
    BrokenOffError where it does not come to an end."""
    name = (work.__module__, work.__qualname__, str(memory), str(seconds))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__, *name],
            input=data,
            capture_output=True,
            timeout=2.5 * seconds,  # others want the processor too; the watchdog waits longer
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise BrokenOffError(str(error)) from error
    if done.returncode == _REFUSED:
        raise ApartError(done.stdout.decode("utf-8", "replace")[:_SAID])
    if done.returncode:
        raise BrokenOffError(f"ended with {done.returncode}")
    return done.stdout


def _main(module: str, function: str, memory: str, seconds: str) -> None:
    _bound(resource.RLIMIT_AS, int(memory))
    _bound(resource.RLIMIT_CPU, int(seconds))
    _bound(resource.RLIMIT_CORE, 0)
    work = getattr(importlib.import_module(module), function)
    try:
        out = work(sys.stdin.buffer.read())
    except TactdError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "replace"))
        sys.exit(_REFUSED)
    sys.stdout.buffer.write(out)


def _bound(what: int, most: int) -> None:
    with contextlib.suppress(OSError, ValueError):  # bound more tightly from outside
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    _main(*sys.argv[1:])
