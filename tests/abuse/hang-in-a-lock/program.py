import signal
import threading

signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
lock = threading.Lock()
lock.acquire()
lock.acquire(timeout=3)
print("BREACH outlived its time")
