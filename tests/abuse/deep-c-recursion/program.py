import resource
import sys

try:
    resource.setrlimit(resource.RLIMIT_STACK, (128 << 20, 128 << 20))
    print("limit: raised", flush=True)
except (OSError, ValueError) as error:
    print("limit:", error, flush=True)
sys.setrecursionlimit(2**31 - 1)
first = None


def sink(depth):
    if depth == 100_000:
        print("BREACH went deeper than the stack allows", flush=True)
        raise SystemExit
    return list(map(sink, [depth + 1]))


sink(1)
