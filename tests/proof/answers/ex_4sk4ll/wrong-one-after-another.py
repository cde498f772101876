# Waits for each station before it asks the next one.
import stations


async def read_all(cities):
    numbers = []
    for city in cities:
        try:
            numbers.append(await stations.read(city))
        except ConnectionError:
            numbers.append(None)
    return numbers
