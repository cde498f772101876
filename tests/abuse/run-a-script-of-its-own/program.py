import os
import subprocess

PROGRAM = "/tmp/script"
with open(PROGRAM, "w") as file:
    file.write("#!/python/bin/python3 -SE\nprint('BREACH a script of its own runs as a program')\n")
os.chmod(PROGRAM, 0o755)
SURROUNDINGS = {"LD_LIBRARY_PATH": "/python/so"}

for name, attempt in {
    "subprocess": lambda: subprocess.run([PROGRAM], env=SURROUNDINGS),
    "posix_spawn": lambda: os.waitpid(os.posix_spawn(PROGRAM, [PROGRAM], SURROUNDINGS), 0),
    "execve": lambda: os.execve(PROGRAM, [PROGRAM], SURROUNDINGS),
}.items():
    try:
        print(name, attempt())
    except OSError as error:
        print(name, error)
