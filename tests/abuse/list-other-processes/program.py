import os

try:
    numbers = [name for name in os.listdir("/proc") if name.isdigit()]
except OSError as error:
    numbers = range(1, 300)
    print("/proc:", error)
for number in numbers:
    try:
        with open(f"/proc/{number}/cmdline", "rb") as file:
            print("BREACH", number, "is", file.read())
    except OSError:
        pass
for path in ("self/mem", "self/oom_score_adj", "sys/kernel/core_pattern", "sysrq-trigger"):
    try:
        with open(f"/proc/{path}", "r+b"):
            print("BREACH may write to", path)
    except OSError as error:
        print(error)
