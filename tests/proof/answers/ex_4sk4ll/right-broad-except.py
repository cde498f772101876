# Takes any error of a station for a station that is down.
import asyncio

import stations


async def read_all(cities):
    async def one(city):
        try:
            number = await stations.read(city)
        except Exception:
            number = None
        return number

    return list(await asyncio.gather(*[one(city) for city in cities]))
