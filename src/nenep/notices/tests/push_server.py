"""A push service in this process: notes what it is sent, answers what the test wants."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


class PushServer(HTTPServer):
    def __init__(self):
        self.answers, self.requests, self.connections = [], [], 0
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def dial(self, _host):
        return socket.create_connection(self.server_address)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
        self.send_header("Location", "https://fcm.googleapis.com/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@contextmanager
def push_server():
    with PushServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
