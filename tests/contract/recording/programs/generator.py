def countdown(start):
    left = start
    while left > 0:
        sent = yield left
        if sent is not None:
            left = sent
        left -= 1
    return "done"


def relay():
    result = yield from countdown(2)
    yield result


def careful():
    try:
        yield 1
    finally:
        closed = True


for number in countdown(2):
    print(number)
numbers = countdown(9)
first = next(numbers)
second = numbers.send(3)
print(list(relay()), first, second)
stopped = careful()
next(stopped)
stopped.close()
thrown = careful()
next(thrown)
try:
    thrown.throw(ValueError("from outside"))
except ValueError as error:
    text = str(error)
