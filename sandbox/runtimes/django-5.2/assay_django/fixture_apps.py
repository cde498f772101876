"""A lesson's own models: modules that exist as source only, in no folder of the jail."""

import sys
from collections.abc import Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType


def install(apps: dict[str, str]) -> list[str]:
    """Makes the sources importable; returns the names of the apps, for INSTALLED_APPS.

    `apps` is path to source, `library/models.py`. Raises ValueError for a name that is taken.
    """
    names = sorted({path.split("/")[0] for path in apps})
    for name in names:
        if name in sys.modules or name in sys.stdlib_module_names:
            raise ValueError(f"an app cannot be called {name!r}: a module of that name is there")
    sys.meta_path.insert(0, _Finder(apps))
    return names


class _Finder(MetaPathFinder):
    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A package where there is a folder of that name, a module where there is a file."""
        place = name.replace(".", "/")
        package, module = f"{place}/__init__.py", f"{place}.py"
        is_package = any(known.startswith(f"{place}/") for known in self._sources)
        file = package if is_package else module
        if not is_package and module not in self._sources:
            return None
        loader = _Loader(self._sources.get(file, ""), file, is_package)
        spec = spec_from_loader(name, loader, origin=file, is_package=is_package)
        if spec is not None and is_package:
            # The framework asks where an app lies; nothing is read from there.
            spec.submodule_search_locations = [place]
        return spec


class _Loader(InspectLoader):
    def __init__(self, source: str, file: str, is_package: bool) -> None:
        self._source, self._file, self._is_package = source, file, is_package

    def get_source(self, fullname: str) -> str:
        """The text, for tracebacks as well."""
        return self._source

    def is_package(self, fullname: str) -> bool:
        """Whether it stands for a folder."""
        return self._is_package

    def exec_module(self, module: ModuleType) -> None:
        """Runs the module under the name that it has in the fixture."""
        exec(compile(self._source, self._file, "exec", dont_inherit=True), module.__dict__)
