# Takes the answers as they come, keeps them by city, and puts them into order at the end.
import asyncio

import stations


async def read_all(cities):
    found = {}
    for first in asyncio.as_completed([ask(city) for city in set(cities)]):
        city, degrees = await first
        found[city] = degrees
    return [found[city] for city in cities]


async def ask(city):
    try:
        return city, await stations.read(city)
    except ConnectionError:
        return city, None
