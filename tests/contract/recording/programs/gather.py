import asyncio

finished = []


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    finished.append(name)
    return len(name)


async def fail():
    await asyncio.sleep(0)
    raise LookupError("nothing there")


async def main():
    lengths = await asyncio.gather(
        fetch("slow", 0.06),
        fetch("a", 0.02),
    )
    total = sum(lengths)
    results = await asyncio.gather(fail(), fetch("b", 0.01), return_exceptions=True)
    return total


print(asyncio.run(main()), finished)
