# Lets no more than two stations be asked at once.
import asyncio

import stations


async def read_all(cities):
    gate = asyncio.Semaphore(2)

    async def read(city):
        async with gate:
            try:
                return await stations.read(city)
            except ConnectionError:
                return None

    return await asyncio.gather(*(read(city) for city in cities))
