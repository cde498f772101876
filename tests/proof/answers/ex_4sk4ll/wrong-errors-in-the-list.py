# Leaves the errors themselves in the list.
import asyncio

import stations


async def read_all(cities):
    return await asyncio.gather(*(stations.read(city) for city in cities), return_exceptions=True)
