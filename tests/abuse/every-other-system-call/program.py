import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
# Written down a second time on purpose: what is added to the list of the sandbox is noticed here.
ALLOWED = {
    "x86_64": (
        "0-26 28 32-40 44-45 48 51-53 55-56 60-63 72 74-77 79-91 95-98 100 102 104 107-108 "
        "110-111 115 118 120-121 124-125 127-128 130-131 157 186 201-202 204 217-219 "
        "228-234 247 257-258 262-271 273 280-281 285 291-293 295-296 302 309 316 318 326 "
        "332 334 435-436 439 441"
    ),
    "aarch64": (
        "17 20-25 29 34-38 45-50 52-53 56-57 59 61-73 78 80 82-83 88 90 93-96 98-99 "
        "101-103 113-115 123-124 128-129 131-137 139 148 150 153 155-156 158 160 163 "
        "165-169 172-178 199 204-207 209-210 214-216 220 222 226-227 233 260-261 276 "
        "278 285 291 293 435-436 439 441"
    ),
}[os.uname().machine]
# uretprobe and uprobe: the kernel asks no filter about them, and kills whoever calls them by hand.
UNFILTERED = (335, 336)
NUMBERS = 1024

allowed = set()
for part in ALLOWED.split():
    first, _, last = part.partition("-")
    allowed.update(range(int(first), int(last or first) + 1))
tried = 0
for number in range(NUMBERS):
    if number in allowed or number in UNFILTERED:
        continue
    tried += 1
    result = libc.syscall(number, *[ctypes.c_long(-1)] * 6)
    code = ctypes.get_errno()
    if result != -1 or code != errno.EPERM:
        print(f"BREACH the kernel looked into call {number}: {result} {os.strerror(code)}")
        # What comes next might end this process, or make another.
        break
print("tried", tried, "calls")
