import os

for stream in (1, 2):
    os.write(stream, b"\xff\xfe\xc3(\xed\xa0\x80\xf4\x90\x80\x80\x00\x1b[2J\xe2\x80\xae")
    # A character that never ends.
    os.write(stream, b"tried\xf0\x9f")
