# Starts all tasks first, and then waits for one after the other.
import asyncio

import stations


async def read_all(cities):
    tasks = [asyncio.create_task(stations.read(city)) for city in cities]
    numbers = []
    for task in tasks:
        try:
            numbers.append(await task)
        except ConnectionError:
            numbers.append(None)
    return numbers
