# Fails when there is no city to ask about.
import asyncio

import stations


async def read_all(cities):
    tasks = [asyncio.create_task(stations.read(city)) for city in cities]
    await asyncio.wait(tasks)
    return [None if task.exception() else task.result() for task in tasks]
