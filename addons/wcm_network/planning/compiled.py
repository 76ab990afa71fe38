"""Compiled loops: how they are compiled, kept on disk, and read their arrays.

numba (BSD-2) is imported here and in no other file. Code is kept in the first folder that can
be written: `NUMBA_CACHE_DIR`, beside these files, the user's cache; in none, every process
compiles anew. The folder is named after the sources, so that no old code is ever used, and after
the processor and the compiler, so that code of another machine's image is not taken for ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import __version__, config, njit, types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.core.imputils import impl_ret_borrowed, lower_getattr_generic
from numba.core.registry import cpu_target
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import intrinsic, register_model
from numba.np.arrayobj import make_array

F = TypeVar("F", bound=Callable[..., Any])
HERE = Path(__file__).parent
SOURCES = (
    *("compiled", "chance", "grid", "state", "room", "staying", "place", "ruin", "moves", "first", "prices", "rivals"),
    *("location", "location_prices", "tolls", "shifts", "trades"),
)


def _kept() -> bool:
    """Choose where compiled code is kept; False: nowhere."""
    for base in _bases():
        if base and _writable(folder := Path(base) / f"planning-{_print()}"):
            config.CACHE_DIR = str(folder)
            return True
    return False


def _bases() -> Iterator[str | None]:
    """Not every user has a home."""
    yield os.environ.get("NUMBA_CACHE_DIR")
    yield str(HERE / "__pycache__")
    with suppress(RuntimeError):
        yield os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")


def _print() -> str:
    """Of all that compiled code depends on."""
    made_by = (__version__, sys.implementation.cache_tag, cpu_target.target_context.codegen().magic_tuple())
    sources = b"".join((HERE / f"{name}.py").read_bytes() for name in SOURCES)
    return sha256(sources + repr(made_by).encode()).hexdigest()[:16]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


_KEPT = _kept()


def is_warm(loop: str = "moves.improve") -> bool:
    """Whether compiled code of these sources is there."""
    return bool(_KEPT) and any(Path(config.CACHE_DIR).rglob(f"{loop}*.nbc"))


def inner(function: F) -> F:
    """Compiled into those who call it."""
    made: F = njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    return made


def entry(function: F) -> F:
    """Called from Python; other threads run meanwhile."""
    made: F = njit(cache=_KEPT, nogil=True, error_model="numpy")(function)
    return made


class _Lent(types.Type):  # type: ignore[misc]
    """A pointer to a tuple of arrays and numbers."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows
        super().__init__(name=f"Lent{sha256(str(rows).encode()).hexdigest()[:16]}")


@register_model(_Lent)
class _LentModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, manager.lookup(kind.rows).get_value_type().as_pointer())


@infer_getattr
class _LentField(AttributeTemplate):  # type: ignore[misc]
    key = _Lent

    def generic_resolve(self, kind: Any, name: str) -> Any:
        """Type of a field."""
        return kind.rows.types[kind.rows.fields.index(name)]


@lower_getattr_generic(_Lent)  # type: ignore[untyped-decorator]
def _field(context: Any, builder: Any, kind: Any, value: Any, name: str) -> Any:
    place = kind.rows.fields.index(name)
    loaded = builder.load(cgutils.gep_inbounds(builder, value, 0, place))
    return impl_ret_borrowed(context, builder, kind.rows.types[place], loaded)


@intrinsic  # type: ignore[untyped-decorator]
def lent(_typing: Any, rows: Any) -> Any:
    """A named tuple by pointer, its arrays without a count of references.

    numba hands a tuple over field by field and counts a reference at every access, an atomic
    write: with some fifty arrays that took longer than the arithmetic, and a minute to compile.
    Valid as long as the function that asked for it runs.
    """

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kind = signature.args[0]
        fields = cgutils.unpack_tuple(builder, values[0])
        pairs = zip(kind.types, fields, strict=True)
        bare = [_uncounted(context, builder, each, value) for each, value in pairs]
        return cgutils.alloca_once_value(builder, context.make_tuple(builder, kind, bare))

    return _Lent(rows)(rows), build


def _uncounted(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    if not isinstance(kind, types.Array):
        return value
    array = make_array(kind)(context, builder, value)
    array.meminfo = cgutils.get_null_value(array.meminfo.type)
    array.parent = cgutils.get_null_value(array.parent.type)
    return array._getvalue()
