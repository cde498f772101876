# Forgets to wait inside the try, so that the error comes up outside of it.
import asyncio

import stations


async def read(city):
    try:
        return stations.read(city)
    except ConnectionError:
        return None


async def read_all(cities):
    return await asyncio.gather(*(await read(city) for city in cities))
