import atexit
import threading
import time


def stay():
    time.sleep(1.5)
    print("BREACH outlived its time in an exit handler")


atexit.register(stay)
threading.Thread(target=time.sleep, args=(1.5,)).start()
print("the end")
