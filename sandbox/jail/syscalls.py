"""System calls by name, with their numbers on x86_64 and aarch64 (None: that machine has none).

What is not named here is refused to a run. The numbers are part of the kernel's promise to programs
and do not change.
"""

import platform

MACHINES = ("x86_64", "aarch64")

# Allowed whatever their arguments are.
PLAIN = {
    # Reading and writing.
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "preadv": (295, 69),
    "pwritev": (296, 70),
    "lseek": (8, 62),
    "close": (3, 57),
    "sendfile": (40, 71),
    "copy_file_range": (326, 285),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "pipe": (22, None),
    "pipe2": (293, 59),
    # Files: the mounts decide what can be reached.
    "creat": (85, None),
    "fstat": (5, 80),
    "stat": (4, None),
    "lstat": (6, None),
    "newfstatat": (262, None),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rename": (82, None),
    "renameat": (264, 38),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "link": (86, None),
    "linkat": (265, 37),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "utimensat": (280, 88),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "umask": (95, 166),
    # Memory.
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "msync": (26, 227),
    "brk": (12, 214),
    # Waiting for several things at once.
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, None),
    "epoll_pwait": (281, 22),
    "epoll_pwait2": (441, 441),
    # The two ends of an event loop's own socket pair.
    "recvfrom": (45, 207),
    "shutdown": (48, 210),
    "getsockopt": (55, 209),
    "getsockname": (51, 204),
    "getpeername": (52, 205),
    # Signals of its own.
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigtimedwait": (128, 137),
    "rt_sigpending": (127, 136),
    "rt_sigsuspend": (130, 133),
    "sigaltstack": (131, 132),
    "pause": (34, None),
    "setitimer": (38, 103),
    "getitimer": (36, 102),
    "alarm": (37, None),
    # Clocks.
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    # Threads and the process's end.
    "set_robust_list": (273, 99),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "wait4": (61, 260),
    "waitid": (247, 95),
    "restart_syscall": (219, 128),
    # Asking about itself.
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getgroups": (115, 158),
    "getpgrp": (111, None),
    "getpgid": (121, 155),
    "getsid": (124, 156),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "uname": (63, 160),
    "getrandom": (318, 278),
    "capget": (125, 90),
}

# Allowed, or answered, by their arguments: see seccomp.py.
GUARDED = {
    "clone": (56, 220),
    "clone3": (435, 435),
    "close_range": (436, 436),
    "mmap": (9, 222),
    "fcntl": (72, 25),
    "fdatasync": (75, 83),
    "fsync": (74, 82),
    "futex": (202, 98),
    "ioctl": (16, 29),
    "kill": (62, 129),
    "madvise": (28, 233),
    "open": (2, None),
    "openat": (257, 56),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "renameat2": (316, 276),
    "sendto": (44, 206),
    "socketpair": (53, 199),
    "tgkill": (234, 131),
}

# What a server needs beyond that, or its master: see seccomp.py.
SERVING = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept4": (288, 242),
    "setsockopt": (54, 208),
    "getsockopt": (55, 209),
    "listen": (50, 201),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
}


def numbers(table: dict[str, tuple[int | None, int | None]]) -> dict[str, int]:
    """The table's numbers on this machine. Raises OSError for a machine that has no column."""
    machine = platform.machine()
    if machine not in MACHINES:
        raise OSError(f"no table of system calls for {machine}; known: {', '.join(MACHINES)}")
    column = MACHINES.index(machine)
    return {name: row[column] for name, row in table.items() if row[column] is not None}
