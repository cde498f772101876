# Gathers errors as results, and turns them into None afterwards.
import asyncio

import stations


async def read_all(cities):
    answers = await asyncio.gather(*map(stations.read, cities), return_exceptions=True)
    for index, answer in enumerate(answers):
        if isinstance(answer, ConnectionError):
            answers[index] = None
        elif isinstance(answer, BaseException):
            raise answer
    return answers
