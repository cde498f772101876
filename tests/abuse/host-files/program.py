import os

PLACES = (
    *(
        "/etc/passwd",
        "/etc/shadow",
        "/etc/hosts",
        "/etc/ssl/private",
        "/root/secret.txt",
        "/root/.ssh/id_rsa",
    ),
    *(
        "/home",
        "/var/lib/docker",
        "/var/run/docker.sock",
        "/run/secrets",
        "/work",
        "/srv",
        "/opt",
        "/usr/bin/env",
    ),
    *(
        "/proc/self/environ",
        "/proc/1/root/etc/passwd",
        "/proc/sys/kernel/core_pattern",
        "/sys/kernel",
    ),
    *("/.git/config", "/python/.git/config", "/node_modules", "/.env", "/outer/plan/plan.json"),
)


def read(path):
    if os.path.isdir(path):
        return os.listdir(path)
    with open(path, "rb") as file:
        return file.read(60)


refused = set()
for place in PLACES:
    try:
        print(f"BREACH read {place}: {read(place)!r}")
    except OSError as error:
        refused.add(error.strerror)
print("refused:", *sorted(refused))
