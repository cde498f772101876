import asyncio
import time

from asgiref.sync import sync_to_async

CALLS = 300


def add(a, b):
    return a + b


async def measure():
    add_on_a_thread = sync_to_async(add)
    began = time.perf_counter()
    for number in range(CALLS):
        await add_on_a_thread(number, 1)
    return time.perf_counter() - began
