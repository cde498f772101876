import asyncio
import threading

from asgiref.sync import sync_to_async


def work(number):
    here = threading.current_thread() is threading.main_thread()
    if number == 3:
        raise ValueError("three")
    return number + here


async def main():
    total = 0
    for number in (1, 3):
        try:
            total += await sync_to_async(work)(number)
        except ValueError as error:
            total = -total
    other = await asyncio.to_thread(work, 5)
    return total + other


print(asyncio.run(main()))
