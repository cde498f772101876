import mmap

held = []
try:
    while len(held) < 12:
        pages = mmap.mmap(-1, 64 << 20, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
        for offset in range(0, 64 << 20, 4096):
            pages[offset] = 1
        held.append(pages)
except OSError as error:
    print("refused", error)
if len(held) == 12:
    print("BREACH holds 768 MiB of shared pages")
