import asyncio

from django.contrib.auth.models import User


async def names():
    found = []
    async for user in User.objects.order_by("username"):
        found.append(user.username)
    return found


async def main():
    for name in ("grace", "ada"):
        await User.objects.acreate(username=name)
    count = await User.objects.acount()
    try:
        await User.objects.aget(username="nobody")
    except User.DoesNotExist as error:
        count += 1
    return count, await names()


print(asyncio.run(main()))
