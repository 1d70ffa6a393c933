"""The toy's consumer as a process of its own, which can be stopped and continued: `python -m tests.faults.kafka.consume`."""

import asyncio
import os
import signal
from pathlib import Path

from shared.crypto import FileKeyProvider, Sealer
from shared.db.transaction import Database
from shared.kafka.consumer import Consumer
from shared.settings import KafkaSettings
from tests.shared.toy import PROJECTION
from tests.support.deliveries import SilentResend


async def main() -> None:
    """Consumes until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    sealer = Sealer(FileKeyProvider(Path(os.environ["DATA_KEYS_DIR"]), "status", bytes(32)))
    database = Database(os.environ["DATABASE_URL"], service="status", sealer=sealer, pool_size=4)
    silent = SilentResend()
    consumer = Consumer(database, KafkaSettings(), PROJECTION, clients=None, resend=silent)  # type: ignore[arg-type]  # asks nobody
    working = asyncio.create_task(consumer.run())
    await stop.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
