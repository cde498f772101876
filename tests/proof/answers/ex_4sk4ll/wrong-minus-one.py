# Has a number in the place of a station that is down.
import asyncio

import stations


async def read(city):
    try:
        return await stations.read(city)
    except ConnectionError:
        return -1


async def read_all(cities):
    return await asyncio.gather(*(read(city) for city in cities))
