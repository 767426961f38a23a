"""Counting the edges of some modules, and no others.

Atheris' own `instrument_imports` takes whole top-level packages: with all of `tws` watched a run
takes seconds to start, and is four times slower where nobody looks.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

import atheris


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, comparisons: bool) -> None:
        super().__init__(fullname, path)
        self._comparisons = comparisons

    def get_code(self, fullname: str) -> CodeType | None:
        code = super().get_code(fullname)
        return None if code is None else atheris.patch_code(code, self._comparisons)


class _Finder(MetaPathFinder):
    def __init__(self, watched: Sequence[str], comparisons: bool) -> None:
        self._watched, self._comparisons = watched, comparisons

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not any(fullname == one or fullname.startswith(f"{one}.") for one in self._watched):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(fullname, spec.loader.path, self._comparisons)
        return spec


@contextmanager
def watched(modules: Sequence[str], *, comparisons: bool) -> Iterator[None]:
    """Modules of these prefixes that are loaded within. `comparisons`: libFuzzer is told of what
    was compared with what, which leads it further and takes longer. ValueError for a module that
    was loaded already."""
    if early := [name for name in modules if name in sys.modules]:
        raise ValueError(f"loaded before it could be watched: {', '.join(early)}")
    finder = _Finder(modules, comparisons)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
