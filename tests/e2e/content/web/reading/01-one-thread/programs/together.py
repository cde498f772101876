import asyncio

now = most = 0


async def one():
    global now, most
    now += 1
    most = max(most, now)
    await asyncio.sleep(0.05)
    now -= 1


async def wait():
    await asyncio.gather(one(), one(), one())
    return most
