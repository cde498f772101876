# Waits for a set of tasks, and then looks at each in the order of the cities.
import asyncio

import stations


async def read_all(cities):
    tasks = [asyncio.ensure_future(stations.read(city)) for city in cities]
    if tasks:
        await asyncio.wait(tasks)
    return [None if task.exception() else task.result() for task in tasks]
