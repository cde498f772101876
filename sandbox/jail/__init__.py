"""The inside of the jail: supervisor, zygote, doors, run and judge. See ../README.md."""
