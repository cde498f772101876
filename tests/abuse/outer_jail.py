"""Stands where bubblewrap is looked for, and starts the container inside a jail of our own.

`bwrap CONTAINER-ARGUMENTS`, as the adapter calls it. Around the container comes a second
bubblewrap, whose root is a disposable host: what gets through reaches that one and no other.
The file `plan.json` beside this one says which layers are taken away.
"""

import json
import os
import resource
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
# A hog ends at these, in whatever way it gets out of the container; disposable_host.py has the one
# for fork bombs.
_LIMITS = {
    "RLIMIT_AS": 4 << 30,
    "RLIMIT_FSIZE": 1 << 30,
    "RLIMIT_CPU": 120,
    "RLIMIT_CORE": 0,
    "RLIMIT_NOFILE": 4_096,
}
_DEVICES = ("null", "zero", "random", "urandom")
_PASSWD = "planted:x:0:0:HOST-PASSWD-MARKER:/root:/bin/sh\n"


def main() -> None:
    """Never returns: becomes the outer bubblewrap."""
    plan = json.loads((_HERE / "plan.json").read_text())
    container = sys.argv[1:]
    if os.getuid() == 0:
        # The kernel spares root the limit on processes: nothing would hold a fork bomb.
        sys.exit("outer jail: not as root; make the checkout readable for all, or be another user")
    for name, value in _LIMITS.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (most, most))
    outer = [
        *["--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"],
        *["--die-with-parent", "--new-session", "--hostname", "outer-host", "--clearenv"],
        *_parts(container),
        *_own_parts(plan),
        *["--proc", "/proc", *_devices(plan["owned_devices"])],
        *_planted(plan["secrets"]),
        # The places that the container binds to, for when it gets all of this root as its own.
        *["--dir", "/tmp", "--dir", "/sandbox", "--dir", "/shared", "--chdir", "/"],
        *["--setenv", "LD_LIBRARY_PATH", "/python/so"],
        *["/python/bin/python3", "-I", "-S", "-B", "/outer/disposable_host.py"],
    ]
    os.execv(plan["bubblewrap"], [plan["bubblewrap"], *outer, *container])


def _parts(container: list[str]) -> list[str]:
    """What the container is made of, at the same neutral paths: this host's own are not shown."""
    bound = []
    for index, word in enumerate(container):
        if word == "--ro-bind":
            source, place = container[index + 1 : index + 3]
            bound += ["--ro-bind", source, place]
            container[index + 1] = place
        elif word == "--":
            break
    return bound


def _own_parts(plan: dict) -> list[str]:
    """bubblewrap for the container, the libraries that only it needs, and the host's program."""
    bound = [
        "--ro-bind",
        plan["bubblewrap"],
        "/outer/bwrap",
        "--ro-bind",
        str(_HERE),
        "/outer/plan",
    ]
    for name, path in plan["libraries"].items():
        bound += ["--ro-bind", path, f"/outer/so/{name}"]
    host = str(_HERE / "disposable_host.py")
    return [*bound, "--ro-bind", host, "/outer/disposable_host.py"]


def _devices(are_owned: bool) -> list[str]:
    """The host's devices; or files in their places that belong to whoever starts the container.

    The second is how devices look to a container that is root outside, without a risk to this
    machine's own.
    """
    if not are_owned:
        return [
            word for name in _DEVICES for word in ("--dev-bind", f"/dev/{name}", f"/dev/{name}")
        ]
    made = []
    for name in _DEVICES:
        content = os.urandom(65_536) if name.endswith("random") else b""
        made += ["--perms", "0666", "--file", str(_readable(content)), f"/dev/{name}"]
    return made


def _planted(secrets: dict[str, str]) -> list[str]:
    """What a host has and a run must never see."""
    files = {"/etc/passwd": _PASSWD, "/root/secret.txt": f"{secrets['file']}\n"}
    words = []
    for place, content in files.items():
        words += ["--file", str(_readable(content.encode())), place]
    return words


def _readable(content: bytes) -> int:
    """A descriptor to read this from, which the outer bubblewrap inherits."""
    reading = os.memfd_create("planted", 0)
    os.write(reading, content)
    os.lseek(reading, 0, os.SEEK_SET)
    return reading


main()
