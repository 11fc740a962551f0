"""The site in a process of its own, on a free port; it can be killed and started again."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

WITHIN = 60.0  # seconds to start
HOST = "127.0.0.1"


def allow_many_connections() -> None:
    """Let this process, and those it starts, hold as many connections as the system gives."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def end_in_order() -> None:
    """Leave nothing running and no database behind when somebody ends this process."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before it was done"))


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as place:
        place.bind((HOST, 0))
        return int(place.getsockname()[1])


class Server:
    """One web process: pages and live room, as `bin/run` serves them."""

    def __init__(self, database: str, log: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self._database, self._log = database, log
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "uvicorn", "hakapa.config.asgi:application"]
        command += ["--host", HOST, "--port", str(self.port), "--backlog", "8192"]
        command += ["--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "2"]
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  our own module
                command,
                env=os.environ | {"DATABASE_URL": self._database},
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            try:
                urlopen(f"http://{HOST}:{self.port}/live/strom", timeout=5)
            except HTTPError:
                return  # it answers that there is no ticket
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(f"the server did not start; see {self._log}")

    def kill(self) -> None:
        """End it as a crash does: at once, whatever it was doing."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def again(self) -> None:
        """Start it again on the same port."""
        self.process = self._start()
        self.wait()

    def stop(self) -> None:
        """End it as an administrator does."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def memory_mb(self) -> dict[str, float]:
        """Return how much memory it holds, and the most it has held, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        return {
            name: round(int(lines[key].split()[0]) / 1024, 1)
            for name, key in (("now", "VmRSS"), ("most", "VmHWM"))
        }

    def seconds_of_processor(self) -> float:
        """Return how much processor time it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def said(self) -> list[str]:
        """Return the end of what it wrote to its log: in a good run, nothing."""
        return self._log.read_text(encoding="utf-8").splitlines()[-20:]
