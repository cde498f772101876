import os


def flood(what, make):
    made = 0
    try:
        while made < 3000:
            make(made)
            made += 1
    except OSError as error:
        print(what, "refused after", made, error)
    else:
        print("BREACH made", made, what)


def descend(_):
    os.mkdir("a")
    os.chdir("a")


open("/tmp/one", "w").close()
flood("links", lambda number: os.link("/tmp/one", f"/tmp/link{number}"))
for name in os.listdir("/tmp"):
    if name.startswith("link"):
        os.unlink(f"/tmp/{name}")
flood("symbolic links", lambda number: os.symlink("x" * 4000, f"/tmp/symlink{number}"))
for name in os.listdir("/tmp"):
    if name.startswith("symlink"):
        os.unlink(f"/tmp/{name}")
flood("folders", descend)
