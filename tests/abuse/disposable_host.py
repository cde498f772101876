"""The disposable host: what stands around a container from which layers have been taken away.

Started as `disposable_host.py CONTAINER-ARGUMENTS` by outer_jail.py, as a child of that jail's
process 1. Keeps secrets, listens where a host would, starts the container and ends with it.
"""

import contextlib
import json
import os
import resource
import socket
import sys
import threading
from pathlib import Path

_LOADER_PLACES = ("/lib64", "/lib")
TCP_PORT = 8_471
ABSTRACT = "\0outer-host"
FILE = "/shared/host.sock"


def main() -> None:
    """Starts the container and leaves with its exit code."""
    plan = json.loads(Path("/outer/plan/plan.json").read_text())
    os.environ["HOST_SECRET"] = plan["secrets"]["environment"]
    greeting = plan["secrets"]["listener"].encode()
    for family, address in (
        (socket.AF_INET, ("127.0.0.1", TCP_PORT)),
        (socket.AF_UNIX, ABSTRACT),
        (socket.AF_UNIX, FILE),
    ):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.bind(address)
        listener.listen()
        threading.Thread(target=_greet, args=(listener, greeting), daemon=True).start()
    # Set in here, it counts the jail's own processes, and not what else its user runs outside.
    resource.setrlimit(resource.RLIMIT_NPROC, (plan["processes"], plan["processes"]))
    environment = {"HOST_SECRET": plan["secrets"]["environment"]} if plan["environment"] else {}
    command = [_loader(), "--library-path", "/outer/so:/python/so", "/outer/bwrap"]
    # Without this the copy of the sandbox, from which layers were taken, does not run.
    command += ["--setenv", "OUTER_JAIL", "1"]
    child = os.posix_spawn(command[0], [*command, *_arguments(plan, sys.argv[1:])], environment)
    # The channel is the container's alone: its end must be seen when it dies.
    for number in (0, 1):
        os.close(number)
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)


def _greet(listener: socket.socket, greeting: bytes) -> None:
    while True:
        peer, _ = listener.accept()
        with contextlib.suppress(OSError), peer:
            peer.sendall(greeting)


def _loader() -> str:
    for place in _LOADER_PLACES:
        for file in Path(place).glob("ld-linux*"):
            return str(file)
    raise FileNotFoundError(f"no dynamic loader in {' or '.join(_LOADER_PLACES)}")


def _arguments(plan: dict, words: list[str]) -> list[str]:
    """The container's arguments, changed as the plan says. Raises LookupError."""
    text = list(words)
    for change in plan["arguments"]:
        found, instead = change["found"], change["instead"]
        places = [i for i in range(len(text)) if text[i : i + len(found)] == found]
        if len(places) != 1:
            raise LookupError(f"{change['layer']}: {found} occurs {len(places)} times, expected 1")
        text[places[0] : places[0] + len(found)] = instead
    return text


main()
