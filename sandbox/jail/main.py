"""Where the container's Python starts: `main.py RUNTIME`."""

import importlib
import json
import os
import socket
import sys
from pathlib import Path

SANDBOX = "/sandbox"
PACKAGES = "/python/site-packages"


def main(name: str) -> None:
    """Forks the zygote, then supervises. Ends with the container."""
    folder = f"{SANDBOX}/runtimes/{name}"
    sys.path += [PACKAGES, SANDBOX, folder]
    from jail import kernel
    from jail.supervisor import Supervisor

    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    zygote = os.fork()
    if zygote == 0:
        ours.close()
        _become_zygote(theirs, folder)
    theirs.close()
    ready = ours.recv(4096)
    if not ready:
        # The zygote has said why: the last line on stderr is the one that a person is shown.
        os.waitpid(zygote, 0)
        sys.exit(1)
    supervisor = Supervisor(ours, zygote)
    supervisor.announce(json.loads(ready)["versions"])
    supervisor.serve()
    # Process 1 of the container ends with us, and every run with it.
    os._exit(0)


def _become_zygote(control: socket.socket, folder: str) -> None:
    """Never returns. The channel to the outer supervisor is out of its reach, and its forks'."""
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
        zygote.serve(control, importlib.import_module(module))
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
