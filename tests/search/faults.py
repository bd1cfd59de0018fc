"""A TCP proxy before a real engine that fails on demand: the faults are made, the engine and its answers are not."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What the proxy does to the line.

    NONE passes everything. REFUSING takes no connection. CUT ends each as soon as something is asked. SILENT never
    answers. HALF sends the first half of an answer and ends. DRIBBLING sends a byte at a time. DEAF passes what is
    asked and loses the answer.
    """

    NONE = "none"
    REFUSING = "refusing"
    CUT = "cut"
    SILENT = "silent"
    HALF = "half"
    DRIBBLING = "dribbling"
    DEAF = "deaf"


class FaultyLine:
    """A proxy on a port of its own before ``target`` (an http URL). ``connections`` counts those that were taken."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._lines: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._fault = Fault.NONE
        self._listener: socket.socket | None = None
        self.connections = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._listen()

    @property
    def url(self) -> str:
        """Where to ask instead of the engine."""
        return f"http://127.0.0.1:{self.port}"

    def become(self, fault: Fault) -> None:
        """Fail so from now on; what is under way is cut."""
        self._fault = fault
        self._cut_all()
        if fault is Fault.REFUSING:
            self._stop_listening()
        elif self._listener is None:
            self._listen()

    def close(self) -> None:
        """End everything."""
        self._fault = Fault.CUT
        self._stop_listening()
        self._cut_all()

    def _listen(self) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen(64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _stop_listening(self) -> None:
        if self._listener is not None:
            # Wakes the thread that waits for connections, which a mere close would not.
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                self.connections += 1
                far = socket.create_connection(self._target, timeout=30)
                with self._lock:
                    self._lines |= {near, far}
                threading.Thread(target=self._pump, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._pump, args=(far, near, True), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, answering: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self._pass_on(data, sink, answering):
                    break
        self._cut(source)
        self._cut(sink)

    def _pass_on(self, data: bytes, sink: socket.socket, answering: bool) -> bool:
        """Send ``data`` on as the fault has it; return whether the line stays."""
        fault = self._fault
        if not answering:
            if fault is Fault.CUT:
                return False
            if fault is not Fault.SILENT:
                sink.sendall(data)
            return True
        if fault is Fault.HALF:
            sink.sendall(data[: len(data) // 2])
            return False
        if fault is Fault.DRIBBLING:
            for byte in data:
                sink.sendall(bytes([byte]))
                time.sleep(0.1)
        elif fault is not Fault.DEAF:
            sink.sendall(data)
        return True

    def _cut_all(self) -> None:
        with self._lock:
            lines, self._lines = self._lines, set()
        for line in lines:
            self._cut(line)

    def _cut(self, line: socket.socket) -> None:
        with self._lock:
            self._lines.discard(line)
        with contextlib.suppress(OSError):
            # A reset instead of a farewell, as from a machine that lost its power.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.shutdown(socket.SHUT_RDWR)
        line.close()


@contextlib.contextmanager
def faulty_line(target: str) -> Iterator[FaultyLine]:
    """Give a line to ``target`` that can be made to fail."""
    line = FaultyLine(target)
    try:
        yield line
    finally:
        line.close()
