# An object for each city, which keeps its own task.
import asyncio

import stations


class Reader:
    def __init__(self, city):
        self.task = asyncio.create_task(stations.read(city))

    async def number(self):
        try:
            return await self.task
        except OSError:  # a ConnectionError is one
            return None


async def read_all(cities):
    readers = [Reader(city) for city in cities]
    return [await reader.number() for reader in readers]
