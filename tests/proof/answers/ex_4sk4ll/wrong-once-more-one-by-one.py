# Asks all at once to see who is there, and then asks each again in turn.
import asyncio

import stations


async def read_all(cities):
    first = await asyncio.gather(*map(stations.read, cities), return_exceptions=True)
    return [
        None if isinstance(answer, Exception) else await stations.read(city)
        for city, answer in zip(cities, first)
    ]
