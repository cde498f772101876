# Gives the numbers in the order in which they arrive.
import asyncio

import stations


async def read_all(cities):
    numbers = []
    for question in asyncio.as_completed([stations.read(city) for city in cities]):
        try:
            numbers.append(await question)
        except ConnectionError:
            numbers.append(None)
    return numbers
