import os


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


found = [number for number in range(4096) if is_open(number)]
print("open:", *found)
for number in found[4:]:
    print("BREACH inherited descriptor", number, os.fstat(number))
