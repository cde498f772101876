import contextlib
import signal
import threading
import time

for number in range(1, 65):
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)


def view(request):
    threading.Thread(target=lambda: time.sleep(1e6)).start()
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(1e6)
