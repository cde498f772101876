import mmap
import os

from django.http import HttpResponse

STEP, SHARE = 8 << 20, 256 << 20


def view(request):
    held, total = [], 0
    try:
        while True:
            # Once in the heap, once in shared memory, which no heap counts.
            held.append(bytearray(b"x" * STEP))
            shared = mmap.mmap(-1, STEP)
            shared.write(b"x" * STEP)
            held.append(shared)
            total += 2 * STEP
            if total > SHARE:
                print(f"BREACH process {os.getpid()} holds {total >> 20} MiB")
                os._exit(1)
    except (MemoryError, OSError):
        held.clear()
        print("refused")
    return HttpResponse()
