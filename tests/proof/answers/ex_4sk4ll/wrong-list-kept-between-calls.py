# Adds to a list that is kept from one call to the next.
import asyncio

import stations


async def read_all(cities, numbers=[]):
    tasks = [asyncio.create_task(stations.read(city)) for city in cities]
    for task in tasks:
        try:
            numbers.append(await task)
        except ConnectionError:
            numbers.append(None)
    return numbers
