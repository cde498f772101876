"""Where things lie: in the container's own root, or, in the tier without namespaces, on the host.

main.py says so once, before it loads anything else of the harness. Only `own` changes after that.
"""

import itertools

SANDBOX = "/sandbox"
PACKAGES = "/python/site-packages"
# What a run may read, apart from its own folder and the devices.
READABLE = ("/python",)

# True in the tier without namespaces.
on_host = False
# There: the folder that holds the runs' folders, and whose children the runs have to be.
runs = ""
supervisor = 0
# The folder that a run may write to.
own = "/tmp"

_numbers = itertools.count(1)
# What a traceback calls a place, so that it reads alike in both tiers.
_shown: dict[str, str] = {}


def use_host(sandbox: str, base: str, packages: str, library: str, libraries: list[str]) -> None:
    """The tier without namespaces: absolute paths of the host, without links.

    `library` is the interpreter's own, `libraries` are the shared ones that it loads.
    """
    global SANDBOX, PACKAGES, READABLE, on_host, runs
    SANDBOX, PACKAGES, READABLE = sandbox, packages, (packages, library, *libraries)
    on_host, runs = True, base
    name = library.rpartition("/")[2]
    _shown.update({packages: "/python/site-packages", library: f"/python/lib/{name}"})


def folder_for_a_run() -> str:
    """The path of a folder that is still to be made."""
    return f"{runs}/{next(_numbers)}" if on_host else own


def move_to(folder: str) -> None:
    """From here on, in this process, `folder` is the one to write to."""
    global own
    own = folder


def shown(file: str) -> str:
    """The path of a source file as the tier with namespaces has it."""
    if on_host:
        for place, name in (_shown | {own: "/tmp"}).items():
            if file.startswith(f"{place}/"):
                return name + file.removeprefix(place)
    return file
