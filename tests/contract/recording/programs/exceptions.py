log = []


def risky(number):
    if number == 2:
        raise ValueError(f"number {number}")
    return 10 // number


def careful(number):
    try:
        value = risky(number)
    except ZeroDivisionError as error:
        log.append("zero")
        value = None
    else:
        log.append("fine")
    finally:
        log.append("over")
    return value


def translated():
    try:
        careful(2)
    except ValueError as error:
        raise KeyError("two") from error
    finally:
        done = True


print(careful(5), careful(0))
try:
    translated()
except KeyError as error:
    text = str(error)
print(log)


def nobody():
    raise RuntimeError("nobody catches this")


nobody()
