import resource
import sys

sys.setrecursionlimit(2**31 - 1)


def sink(depth):
    if depth % 10_000 == 0:
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        if held > 700:
            print("BREACH frames hold", held, "MiB", flush=True)
            raise SystemExit
    weight = bytearray(9000)
    sink(depth + 1)
    return weight


sink(1)
