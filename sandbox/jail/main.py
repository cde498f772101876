"""Where the container's Python starts: `main.py RUNTIME`. The first request sets it up.

Without namespaces there is more to be said, `main.py RUNTIME RUNS PACKAGES LIBRARY [SHARED...]`:
the folder for the runs' folders, and what a run may read (see `places.use_host`).
"""

import importlib
import json
import os
import socket
import sys
from pathlib import Path

SANDBOX = str(Path(__file__).parents[1])
_CHUNK = 1 << 18
_MOST_MESSAGE = 1 << 16


def main(name: str, host: list[str]) -> None:
    """Forks the zygote, then supervises. Ends with the container."""
    folder = f"{SANDBOX}/runtimes/{name}"
    sys.path.append(SANDBOX)
    from jail import places

    if host:
        runs, packages, library, *libraries = host
        places.use_host(SANDBOX, runs, packages, library, libraries)
    sys.path[-1:] = [places.PACKAGES, SANDBOX, folder]
    from jail import kernel, on_host
    from jail.supervisor import Supervisor

    if host:
        on_host.begin()

    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    header, body = _first_request()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    zygote = os.fork()
    if zygote == 0:
        ours.close()
        _become_zygote(theirs, folder, body)
    theirs.close()
    ready = ours.recv(_MOST_MESSAGE)
    if not ready:
        # The zygote has said why: the last line on stderr is the one that a person is shown.
        os.waitpid(zygote, 0)
        sys.exit(1)
    supervisor = Supervisor(ours, zygote, header)
    supervisor.announce(json.loads(ready))
    supervisor.serve()
    # Process 1 of the container ends with us, and every run with it.
    os._exit(0)


def _first_request() -> tuple[dict, bytes]:
    """What to set up: the header for the supervisor, the body for the zygote."""
    from jail.frames import FrameError, RequestParser

    parser = RequestParser()
    try:
        while data := os.read(0, _CHUNK):
            for request in parser.feed(data):
                if request[0].get("op") != "setup":
                    raise FrameError("the first request does not say what to set up")
                return request
    except FrameError as error:
        sys.exit(f"bad frame: {error}")
    sys.exit("nobody said what to set up")


def _become_zygote(control: socket.socket, folder: str, setup: bytes) -> None:
    """Never returns. The channel to the outer supervisor is out of its reach, and its forks'."""
    from jail import on_host, places

    if places.on_host:
        on_host.enter_zygote()
    nothing = os.open("/dev/null", os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    code = 1
    try:
        import site

        from jail import zygote

        # `exit` and `help` are there in any interpreter that was started by a person.
        site.setquit()
        site.sethelper()
        module = json.loads(Path(folder, "runtime.json").read_text())["module"]
        zygote.serve(control, importlib.import_module(module), json.loads(setup)["apps"])
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
