import gc
import os

TOKEN = next(item for item in gc.get_objects() if type(item).__name__ == "Reporter")._token


def report(data):
    rest = TOKEN + data + b"\n"
    while rest:
        rest = rest[os.write(3, rest) :]


report(b"[" * 500_000 + b"]" * 500_000)
os.write(1, b"forged\n")
os._exit(0)
