import gc
import os

TOKEN = next(item for item in gc.get_objects() if type(item).__name__ == "Reporter")._token


def report(data):
    rest = TOKEN + data + b"\n"
    while rest:
        rest = rest[os.write(3, rest) :]


NAME, VALUES = b"A" * 1_000_000, b"0," * 499_999 + b"0"
report(b'{"end":"finished","error":null,"values":{"%b":[%b]},"events":[]}' % (NAME, VALUES))
os.write(1, b"forged\n")
os._exit(0)
