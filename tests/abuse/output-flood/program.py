import sys

for _ in range(64):
    sys.stdout.write("flood " * 10_000 + "\n")
print("BREACH was heard far beyond the cap")
