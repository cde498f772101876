from django.http import StreamingHttpResponse


async def body():
    for _ in range(192):
        yield bytes(4 << 20)
    print("BREACH sent 768 MiB")


async def view(request):
    return StreamingHttpResponse(body())
