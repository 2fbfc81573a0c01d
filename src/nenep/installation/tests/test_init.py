"""`./nenep init`, `serve`, `worker` as somebody types them, on an own data folder or database."""

import re
import signal
import socket
import time
import urllib.error
import urllib.request

import pytest

from nenep.notices.tests.process import empty_installation, migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PRODUCTION = {"NENEP_PROFILE": "production"}
FLAGS = [
    "init", "--hosts=nennep.tinh.vn", "--body-code=DUK", "--body-name=Đảng ủy khối", "--kind=committee",
    "--admin-name=Lê Quản Trị", "--admin-username=quantri", "--locality=Hòa Sơn",
]  # fmt: skip
WHAT_IS_THERE = """
from nenep.access.models import Account
from nenep.journal.verification import verify
from nenep.organizations.models import Body
from nenep.organizations.reads import locality_on
from nenep.shared.dates import today
account, body = Account.objects.get(), Body.objects.get()
print(body.code, locality_on(body.pk, today()), account.username, account.state.value, verify().ok)
"""


@pytest.fixture
def installation(tmp_path):
    made = empty_installation(tmp_path)
    del made.env["NENEP_PROFILE"]
    return made


def sentence(done, code=2):
    """The one line on standard error; never a traceback."""
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_init_makes_the_first_body_and_an_administrator_with_a_code(installation):
    done = installation.run(*FLAGS)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Mã kích hoạt: +[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", done.stdout)
    assert installation.python(WHAT_IS_THERE) == "DUK Hòa Sơn quantri waiting True"
    assert (installation.data / "profile").read_text() == "production\n"
    assert installation.python("from django.conf import settings; print(settings.ALLOWED_HOSTS)") == (
        "['nennep.tinh.vn']"
    )
    again = sentence(installation.run(*FLAGS))
    assert "đã được cài đặt rồi" in again
    assert installation.python(WHAT_IS_THERE) == "DUK Hòa Sơn quantri waiting True"


@pytest.mark.either_database
def test_an_installation_passes_the_deployment_check(installation):
    done = installation.run("check", "--deploy", "--fail-level=WARNING", NENEP_HOSTS="nennep.tinh.vn")
    assert done.returncode == 0, done.stderr


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (FLAGS[:1] + FLAGS[2:], {}, "--hosts"),
        ([flag for flag in FLAGS if "admin-name" not in flag], {}, "--admin-name"),
        (FLAGS, {"NENEP_HTTPS": "0"}, "NENEP_HTTPS=1"),
        (["init", "--hosts=*", *FLAGS[2:]], {}, "NENEP_HOSTS"),
        (FLAGS, {"NENEP_PROFILE": "demo"}, "dữ liệu dùng thử"),
        ([*FLAGS, "--founded-on=yesterday"], {}, "--founded-on"),
        (FLAGS, {"NENEP_HTTPS": "yes"}, "NENEP_HTTPS"),
    ],
)
def test_init_says_what_is_missing_and_makes_nothing(installation, arguments, environment, said):
    assert said in sentence(installation.run(*arguments, **environment))
    assert not (installation.data / "profile").exists()
    assert not (installation.data / "settings.env").exists()


def test_serve_without_an_installation_says_what_to_do(installation):
    assert "./nenep init" in sentence(installation.run("serve", f"--port={free_port()}"))


@pytest.fixture
def prepared(tmp_path):
    made = migrated_installation(tmp_path)
    made.env |= {"NENEP_PROFILE": "production", "NENEP_HOSTS": "127.0.0.1"}
    return made


def test_serve_answers_and_stops_cleanly(prepared):
    with serving(prepared) as port:
        assert get(port, "/health") == (200, "ok\n")
        until = time.monotonic() + 20
        while get(port, "/ready")[0] != 200:
            assert time.monotonic() < until, get(port, "/ready")
        assert get(port, "/nothing-here", **BEHIND_HTTPS)[0] == 404
        # The body is read although no page takes it: no token, no way in.
        assert get(port, "/accounts/login/", data=b"login=a&" * 50_000, **BEHIND_HTTPS)[0] == 403
        if not prepared.env.get("DATABASE_URL"):
            assert "đang được tiến trình" in sentence(prepared.run("serve", f"--port={free_port()}"))
            assert "đang được tiến trình" in sentence(prepared.run("worker"))
        assert f"Cổng {port}" in sentence(prepared.run("serve", f"--port={port}"))


def test_ready_says_503_while_no_worker_lives(prepared):
    with serving(prepared, NENEP_EMBEDDED_WORKER="0") as port:
        assert get(port, "/health")[0] == 200
        status, text = get(port, "/ready")
        assert status == 503
        assert '"worker": false' in text
        assert '"database": true' in text


def test_the_worker_stops_on_a_signal(prepared):
    worker = prepared.start("worker")
    worker.stdout.readline()
    worker.send_signal(signal.SIGTERM)
    assert worker.communicate(timeout=15) == ("", None)
    assert worker.returncode == 0
    assert (
        prepared.python("from nenep.notices.models import Heartbeat; print(Heartbeat.objects.count())") == "0"
    )


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port=99999"], "Không có cổng 99999"),
        (["--host=203.0.113.7"], "203.0.113.7"),
        (["--host=no such host"], "--host"),
    ],
)
def test_serve_refuses_an_unusable_address_in_one_sentence(prepared, arguments, said):
    assert said in sentence(prepared.run("serve", *arguments))


def test_several_processes_need_postgresql(prepared):
    if prepared.env.get("DATABASE_URL"):
        with serving(prepared, arguments=["--workers=2"]) as port:
            assert {get(port, "/health")[0] for _time in range(20)} == {200}
    else:
        assert "PostgreSQL" in sentence(prepared.run("serve", "--workers=2"))


@pytest.mark.either_database
def test_an_unreachable_server_is_said_in_one_sentence(installation):
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    assert "DATABASE_URL" in sentence(installation.run("serve", f"--port={free_port()}", DATABASE_URL=url))


class serving:  # noqa: N801  # reads as a statement
    def __init__(self, installation, arguments=(), **environment):
        self.port = free_port()
        self.process = installation.start("serve", f"--port={self.port}", *arguments, **environment)

    def __enter__(self):
        until = time.monotonic() + 40
        while True:
            assert self.process.poll() is None, self.process.stdout.read()
            assert time.monotonic() < until
            try:
                get(self.port, "/health")
            except OSError:
                time.sleep(0.1)
            else:
                return self.port

    def __exit__(self, *_exc):
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.wait(20) == 0
        finally:
            self.process.kill()
            said = self.process.stdout.read()
            self.process.stdout.close()
        assert "Traceback" not in said, said


BEHIND_HTTPS = {"X-Forwarded-Proto": "https"}


def get(port, path, data=None, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
