import os
import time

try:
    if os.fork() == 0:
        os.closerange(0, 1024)
        time.sleep(30)
        os._exit(0)
    # Process 1 takes its children along when it ends; any other leaves them behind.
    print("forked" if os.getpid() == 1 else "BREACH leaves a process behind")
except OSError as error:
    print(error)
