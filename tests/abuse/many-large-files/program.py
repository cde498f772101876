written = 0
try:
    for number in range(16):
        with open(f"/tmp/{number}", "wb", buffering=0) as file:
            for _ in range(4):
                written += file.write(bytes(1 << 20))
except OSError as error:
    print(error)
if written == 64 << 20:
    print("BREACH wrote 64 MiB")
