import os
import resource

try:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
except (OSError, ValueError) as error:
    print("limit:", error)
held = []
try:
    while len(held) < 500:
        held.append(os.dup(1))
except OSError as error:
    print(error)
if len(held) == 500:
    print("BREACH holds 500 descriptors")
