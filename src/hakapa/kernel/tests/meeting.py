"""What several do in the same moment, each in a transaction of their own."""

from threading import Barrier, Thread

from django.db import connection


def at_once(*doings):
    """Do all in threads that start together; return what each raised, or None."""
    start = Barrier(len(doings))
    raised: list[Exception | None] = [None] * len(doings)

    def run(place, do):
        start.wait()
        try:
            do()
        except Exception as error:  # noqa: BLE001  (handed back)
            raised[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised
