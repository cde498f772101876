held = []
while len(held) < 768:
    held.append(bytearray(1 << 20))
print("BREACH holds", len(held), "MiB")
