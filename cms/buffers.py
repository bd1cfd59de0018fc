"""What a process gathers and writes to the database in bulk, a few seconds later, by a thread; no request waits."""

import atexit
import os
import threading

from django.db import connections


class TimedBuffer:
    """The clock and the lock of such a buffer; a subclass has what is gathered, and writes it in ``flush``.

    A process that is killed loses at most what it gathered since the last writing; one that ends writes what it has. A
    child process begins with an empty buffer: its parent writes what was gathered before.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Be empty, as in a child process: what was here is the parent's to write, and so are its lock and thread."""
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._dropped = 0

    def flush(self) -> int:
        """Write everything now, in the calling thread; return how much. Never raises."""
        raise NotImplementedError

    def written_in_time(self) -> None:
        """Do what the thread does; more than writing in some."""
        self.flush()

    def _start_timer(self, seconds: float) -> None:
        """Have everything written in ``seconds``, unless it is under way. With the lock held."""
        if self._timer is None:
            self._timer = threading.Timer(seconds, self._flush_in_thread)
            self._timer.daemon = True
            self._timer.start()

    def _stop_timer(self) -> None:
        """Whoever writes now need not be reminded. With the lock held."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _flush_in_thread(self) -> None:
        try:
            self.written_in_time()
        finally:
            # The thread ends here, and its connections would stay open for nobody.
            connections.close_all()


def of_process(buffer: TimedBuffer) -> None:
    """Let the buffer be the process's: empty in its children, written when it ends."""
    os.register_at_fork(after_in_child=buffer.begin)
    atexit.register(buffer.flush)
