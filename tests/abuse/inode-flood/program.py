import os

made = 0
try:
    while made < 5000:
        os.close(os.open(f"/tmp/{made}", os.O_CREAT | os.O_WRONLY))
        made += 1
except OSError as error:
    print(made, error)
if made == 5000:
    print("BREACH made", made, "files")
