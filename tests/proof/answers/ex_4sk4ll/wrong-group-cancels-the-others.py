# A task group that cancels the rest when one station is down.
import asyncio

import stations


async def read_all(cities):
    tasks = []
    try:
        async with asyncio.TaskGroup() as group:
            for city in cities:
                tasks.append(group.create_task(stations.read(city)))
    except* ConnectionError:
        pass
    return [
        None if task.cancelled() or task.exception() else task.result() for task in tasks
    ]
