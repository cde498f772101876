# Gathers, and lets the error of one station end all.
import asyncio

import stations


async def read_all(cities):
    return await asyncio.gather(*(stations.read(city) for city in cities))
