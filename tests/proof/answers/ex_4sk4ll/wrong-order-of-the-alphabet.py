# Gives the numbers in the order of the alphabet.
import asyncio

import stations


async def read(city):
    try:
        return await stations.read(city)
    except ConnectionError:
        return None


async def read_all(cities):
    return await asyncio.gather(*(read(city) for city in sorted(cities)))
