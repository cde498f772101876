"""`processor_time.py COMMAND...`: runs it and says on stderr what it and all its kin used."""

import ctypes
import os
import resource
import sys

_PR_SET_CHILD_SUBREAPER = 36


def main(command: list[str]) -> int:
    """Returns the command's exit code, after the last of its descendants has ended."""
    # Whoever loses its parent becomes ours, and so is counted when it is waited for.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    first = os.posix_spawn(command[0], command, os.environ)
    code = 1
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            break
        if pid == first:
            code = os.waitstatus_to_exitcode(status)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"used {(used.ru_utime + used.ru_stime) * 1000:.3f} ms", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
