# Takes zero degrees for no answer.
import asyncio

import stations


async def read(city):
    try:
        celsius = await stations.read(city)
    except ConnectionError:
        celsius = None
    return celsius or None


async def read_all(cities):
    return await asyncio.gather(*(read(city) for city in cities))
