import os

written = 0
while written < 16 << 20:
    written += os.write(3, bytes(65536))
print("BREACH wrote", written >> 20, "MiB of report", flush=True)
os._exit(0)
