# Forgets to wait for the gathered answers.
import asyncio

import stations


async def read(city):
    try:
        return await stations.read(city)
    except ConnectionError:
        return None


async def read_all(cities):
    return asyncio.gather(*(read(city) for city in cities))
