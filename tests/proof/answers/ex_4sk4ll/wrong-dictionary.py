# Returns the numbers by city in a dictionary.
import asyncio

import stations


async def read(city):
    try:
        return await stations.read(city)
    except ConnectionError:
        return None


async def read_all(cities):
    numbers = await asyncio.gather(*(read(city) for city in cities))
    return dict(zip(cities, numbers))
