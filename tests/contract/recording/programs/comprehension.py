def squares(limit):
    found = [n * n for n in range(limit) if n != 1]
    return found


words = ["a", "bb", "ccc"]
lengths = [len(word) for word in words]
pairs = [(a, b) for a in (1, 2) for b in (3, 4)]
print(squares(4), lengths, pairs)
