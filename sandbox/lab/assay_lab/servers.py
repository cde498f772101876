"""Real uvicorn and real gunicorn, as the master of the group runs them."""

import asyncio
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from assay_lab import network
from assay_lab.spans import Spans, over_asgi, over_wsgi

# Where the listening socket is found.
LISTENER = 3

# Makes the two applications of a worker, in its own process: ASGI, WSGI, and what notes its spans.
Load = Callable[[], tuple[object, object, Spans]]
# Shuts a worker in, by its number from 0. Returns what loads the program.
Enter = Callable[[int], Load]
# Is told how a worker ended. Ends the group.
Ended = Callable[[int, float], NoReturn]


def warm() -> None:
    """Imports both, before there is a worker: none of them spends its time on that."""
    import uvicorn
    import uvicorn.lifespan.off
    import uvicorn.protocols.http.h11_impl  # noqa: F401


def serve_asgi(workers: int, enter: Enter, ended: Ended) -> NoReturn:
    """uvicorn's Server in each of the workers, on one socket."""
    for number in range(workers):
        if os.fork() == 0:
            try:
                _become_uvicorn(enter(number))
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stderr.flush()
                os._exit(1)
    _, status, used = os.wait4(-1, 0)
    ended(status, used.ru_utime + used.ru_stime)


def _become_uvicorn(load: Load) -> None:
    import uvicorn

    application, _, spans = load()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list | None = None) -> None:
            await super().startup(sockets)
            self.turning = asyncio.create_task(spans.turn())

    config = uvicorn.Config(
        over_asgi(application, spans),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
    )
    Server(config).run(sockets=[network.given(LISTENER)])


def serve_wsgi(workers: int, threads: int, enter: Enter, ended: Ended) -> NoReturn:
    """gunicorn's arbiter, here, and its workers with threads."""
    from gunicorn.app.base import BaseApplication
    from gunicorn.arbiter import Arbiter

    loads: list[Load] = []

    def shut_in(_: object, worker: object) -> None:
        loads.append(enter(worker.age - 1))

    class Application(BaseApplication):
        def load_config(self) -> None:
            for name, value in {
                "bind": f"fd://{LISTENER}",
                "worker_class": "gthread",
                "workers": workers,
                "threads": threads,
                "worker_tmp_dir": "/tmp",
                "control_socket_disable": True,
                "loglevel": "critical",
                "post_fork": shut_in,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            _, application, self.spans = loads[0]()
            return over_wsgi(application, self.spans)

    class Master(Arbiter):
        def reap_workers(self) -> None:
            # Nothing is started in the stead of a worker that ended: that is the end of the run.
            pid, status, used = os.wait4(-1, os.WNOHANG)
            if pid:
                ended(status, used.ru_utime + used.ru_stime)

    application = Application()
    application.cfg.set("post_worker_init", lambda worker: worker.app.spans.ready())
    Master(application).run()
    raise RuntimeError("gunicorn has come to an end")
