def total(numbers, start=0):
    result = start
    for i in range(3):
        if i == 1:
            result += 10
            continue
        result += numbers[i]
    return result


answer = total(
    [1, 2, 3],
    start=4,
)
for i in range(3):
    doubled = i * 2
print(i, answer)
count = 2
while count:
    count -= 1
