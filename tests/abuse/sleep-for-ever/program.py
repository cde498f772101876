import time

began = time.monotonic()
print("sleeps")
while time.monotonic() - began < 4:
    time.sleep(0.1)
print("BREACH slept on after its limit")
