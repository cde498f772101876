# Leaves out the stations that are down, so that the places shift.
import asyncio

import stations


async def read_all(cities):
    answers = await asyncio.gather(*map(stations.read, cities), return_exceptions=True)
    return [answer for answer in answers if not isinstance(answer, Exception)]
