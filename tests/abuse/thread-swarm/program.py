import threading

WANTED = 150
waiting = threading.Event()
started = 0
try:
    while started < WANTED:
        threading.Thread(target=waiting.wait, daemon=True).start()
        started += 1
except (RuntimeError, MemoryError) as error:
    print("refused after", started, repr(error))
if started == WANTED:
    print("BREACH started", started, "threads")
waiting.set()
