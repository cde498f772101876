import os

written = 0
while written < 8 << 20:
    written += os.write(2, b"e" * 65536)
print("BREACH wrote", written >> 20, "MiB to stderr")
