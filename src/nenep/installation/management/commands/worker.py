"""`./nenep worker`: the worker as a process of its own, beside one or several servers on PostgreSQL."""

import signal
from typing import Any

from nenep.installation import upgrading
from nenep.installation.sentences import Missing, hold_data_folder, sentences
from nenep.notices.worker import Worker
from nenep.rulebook.loader import library
from nenep.shared.commands import ConsoleCommand


class Command(ConsoleCommand):
    help = "Chạy tiến trình làm việc nền: gửi thư, nhắc việc, tổng hợp số liệu."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with sentences():
            library()
            hold_data_folder()
            if upgrading.is_empty() or upgrading.pending_migrations():
                raise Missing(
                    "Cơ sở dữ liệu chưa theo kịp bản này; hãy chạy ./nenep serve trước để nâng cấp."
                )
        worker = Worker()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_signal: worker.stop())
        self.stdout.write("Tiến trình làm việc nền đang chạy. Nhấn Ctrl+C để dừng.")
        self.stdout.flush()
        worker.run()
