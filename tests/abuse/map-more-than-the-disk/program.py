import mmap

print("touching", flush=True)
held = []
for number in range(4):
    with open(f"/tmp/{number}", "w+b") as file:
        file.truncate(12 << 20)
        pages = mmap.mmap(file.fileno(), 0)
    for offset in range(0, len(pages), 4096):
        pages[offset] = 1
    held.append(pages)
print("BREACH filled", sum(map(len, held)) >> 20, "MiB through mappings")
