"""Holds connections to a server as careless clients do: most idle behind one answer, some that never read, some that
write a byte a second, some that have closed their side. idle_clients.py HOST:PORT PATH COUNT; says "ready", stays."""
import resource
import socket
import sys
import time

address, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
host, port = address.rsplit(":", 1)
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
request = f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
held, slow = [], []
for number in range(count):
    client = socket.create_connection((host, int(port)), timeout=10)
    kind = number % 100
    if kind == 0:  # asks for much and reads nothing
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)
        try:
            client.send(request * 200)
        except BlockingIOError:
            pass
    elif kind == 1:  # writes slowly
        slow.append(client)
    elif kind == 2:  # has no more to say
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
    else:
        client.sendall(request)
        client.recv(65536)
    held.append(client)
print(f"ready: {len(held)} connections, of them {count // 100} that never read, {len(slow)} that write slowly", flush=True)
for byte in request:
    for client in slow:
        try:
            client.send(bytes([byte]))
        except OSError:
            pass
    time.sleep(1)
