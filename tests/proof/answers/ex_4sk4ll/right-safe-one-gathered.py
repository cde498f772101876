# One careful question, gathered for all cities.
import asyncio

import stations


async def read_all(cities):
    return await asyncio.gather(*(degrees(city) for city in cities))


async def degrees(city):
    try:
        return await stations.read(city)
    except ConnectionError:
        return None
