import os

with open("/tmp/sparse", "wb") as file:
    try:
        file.truncate(1 << 29)
    except OSError as error:
        print(error)
if os.stat("/tmp/sparse").st_size == 1 << 29:
    print("BREACH made a file of half a gibibyte")
