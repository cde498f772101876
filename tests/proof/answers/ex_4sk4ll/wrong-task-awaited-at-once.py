# Makes a task and awaits it before it makes the next one.
import asyncio

import stations


async def read_all(cities):
    numbers = []
    for city in cities:
        task = asyncio.create_task(stations.read(city))
        try:
            numbers.append(await task)
        except ConnectionError:
            numbers.append(None)
    return numbers
