import json.decoder
import os
import time

SECONDS = 0.5
file = os.open(json.decoder.__file__, os.O_RDONLY)


def cost(call):
    count = 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        call()
        count += 1
    return SECONDS / count


# Where a call does nothing it costs what any call costs. Where it does, a disk has been waited for.
nothing = cost(os.getppid)
for call in (os.fsync, os.fdatasync):
    times = cost(lambda call=call: call(file)) / nothing
    print(call.__name__, "answered")
    if times > 20:
        print(f"BREACH {call.__name__} of a library's file took {times:.0f} times an empty call")
