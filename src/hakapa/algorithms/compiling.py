"""Numeric kernels that are compiled when first called, never when imported.

A web process that only shows results must not pay for a compiler: numba is imported at the first
call of a kernel, and its machine code is kept on disk where that is allowed.
"""

import importlib
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Compiled(Generic[P, R]):
    """A function compiled on first use; `plain` is the uncompiled one, with the same answer."""

    def __init__(self, plain: Callable[P, R], **options: Any) -> None:
        """Remember the function and the compiler's options; nothing is compiled yet."""
        self.plain = plain
        self.options = options
        self._fast: Callable[P, R] | None = None
        update_wrapper(self, plain)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it, compiled."""
        if self._fast is None:
            self._fast = compile_kernel(self.plain, **self.options)
        return self._fast(*args, **kwargs)


def compiled_freely(plain: Callable[P, R]) -> Compiled[P, R]:
    """Compile a function whose sums may be added in any order, for speed; for estimates only."""
    return Compiled(plain, fastmath={"reassoc", "contract"})


def compile_kernel(
    plain: Callable[P, R], njit: Callable[..., Any] | None = None, **options: Any
) -> Callable[P, R]:
    """Compile without the interpreter lock, so that threads may run side by side.

    Where no folder for machine code can be written the code is compiled again in each process.
    """
    njit = njit or importlib.import_module("numba").njit
    fast: Callable[P, R]
    try:
        fast = njit(nogil=True, cache=True, **options)(plain)
    except RuntimeError:  # numba's word for "no place to keep the machine code"
        fast = njit(nogil=True, **options)(plain)
    return fast
