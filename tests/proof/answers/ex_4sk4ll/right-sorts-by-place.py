# Keeps each answer with its place, and sorts by the places at the end.
import asyncio

import stations


async def placed(place, city):
    try:
        return place, await stations.read(city)
    except ConnectionError:
        return place, None


async def read_all(cities):
    pairs = []
    for question in asyncio.as_completed([placed(*pair) for pair in enumerate(cities)]):
        pairs.append(await question)
    return [celsius for _, celsius in sorted(pairs, key=lambda pair: pair[0])]
