import asyncio
import time


async def polite(seen):
    for turn in range(2):
        await asyncio.sleep(0)
        seen.append(turn)


async def rude(seen):
    await asyncio.sleep(0)
    time.sleep(0.03)
    seen.append("slept")


async def main():
    seen = []
    async with asyncio.TaskGroup() as group:
        group.create_task(rude(seen))
        group.create_task(polite(seen))
    print(seen)


asyncio.run(main())
