import asyncio
import socket


async def serve():
    async def greet(reader, writer):
        writer.write(b"served")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    # Where no socket could be made, it serves on none.
    for line in server.sockets:
        host, port = line.getsockname()
        reader, _ = await asyncio.open_connection(host, port)
        print(f"BREACH {await reader.read(100)} on port {port}")
    print("asyncio serves on", server.sockets)


try:
    asyncio.run(serve())
except OSError as error:
    print("asyncio", error)

try:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = socket.create_connection(server.getsockname())
        print(f"BREACH took a connection from {server.accept()[1]} to {line.getpeername()}")
except OSError as error:
    print("socket", error)
