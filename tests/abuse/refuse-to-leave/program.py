import os
import time

leave = os._exit


def stay(code):
    time.sleep(3)
    os.write(1, b"BREACH stayed after its report\n")
    leave(code)


os._exit = stay
