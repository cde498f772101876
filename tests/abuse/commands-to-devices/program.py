import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCNOTTY, TIOCGPTPEER = 0x5412, 0x541C, 0x540E, 0x5422, 0x5441
RNDGETENTCNT, RNDADDTOENTCNT, RNDRESEEDCRNG = 0x80045200, 0x40045201, 0x5207
FIGETBSZ, FIFREEZE, GETFLAGS, GETVERSION, FIOASYNC = 2, 0xC0045877, 0x80086601, 0x80087601, 0x5452
FICLONE, FIDEDUPERANGE, FSGETXATTR, SIOCGIFCONF = 0x40049409, 0xC0189436, 0x801C581F, 0x8912

value = ctypes.create_string_buffer(b"\x0a", 256)
for place in (
    "/dev/null",
    "/dev/urandom",
    "/tmp/db.sqlite3",
    os.__file__,
    0,
    1,
    "/dev/tty",
    "/dev/ptmx",
):
    try:
        handle = place if isinstance(place, int) else os.open(place, os.O_RDONLY)
    except OSError as error:
        print(place, error.strerror)
        continue
    for name, command in {
        "put into a terminal": TIOCSTI,
        "command a console": TIOCLINUX,
        "take a terminal": TIOCSCTTY,
        "leave a terminal": TIOCNOTTY,
        "open a terminal": TIOCGPTPEER,
        "count entropy": RNDGETENTCNT,
        "add entropy": RNDADDTOENTCNT,
        "reseed": RNDRESEEDCRNG,
        "size of blocks": FIGETBSZ,
        "freeze": FIFREEZE,
        "flags": GETFLAGS,
        "version": GETVERSION,
        "clone": FICLONE,
        "compare": FIDEDUPERANGE,
        "extended flags": FSGETXATTR,
        "interfaces": SIOCGIFCONF,
        "signals": FIOASYNC,
    }.items():
        result = libc.ioctl(handle, ctypes.c_ulong(command), value)
        if result >= 0:
            print(f"BREACH {place} obeyed: {name}")
print("last refusal:", os.strerror(ctypes.get_errno()))
