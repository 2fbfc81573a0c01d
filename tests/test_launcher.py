"""`./nenep` on machines that lack something, played with stand-ins for Python and for the shell's tools.

A stand-in answers the launcher's questions as the test says and notes what it was asked to do; only the waiting
for another set-up is done by the real Python.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("awk", "cat", "cmp", "cp", "dirname", "mkdir", "readlink", "rm", "sleep", "tail", "touch")
STAND_IN = """#!/bin/sh
case "$#:$1 $2" in
    "3:-I -c") {answer} ;;
    "4:-I -c") exec "{real}" "$@" ;;
    *"-m venv") echo venv >>"{noted}"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    *"-m pip") echo pip >>"{noted}"; {pip} ;;
    *) echo "$PWD runs $*, profile ${{NENEP_PROFILE-none}}${{PYTHONDONTWRITEBYTECODE+, compiles again}}" ;;
esac
"""
GOOD = 'echo "ok $0"'


class Machine:
    """A checkout with the launcher, and a PATH on which only what the test puts there can be found."""

    def __init__(self, folder):
        self.checkout, self.programs, self.noted = folder / "check out", folder / "bin", folder / "noted"
        self.checkout.mkdir()
        self.programs.mkdir()
        for tool in TOOLS:
            (self.programs / tool).symlink_to(shutil.which(tool))
        self.program("id", "echo 1000")
        self.program("df", "echo; echo disk 9 9 9000000 1% /")
        for name in ("manage.py", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.checkout)
        command = self.checkout / "src/nenep/demo/management/commands/demo.py"
        command.parent.mkdir(parents=True)
        command.touch()
        # Homebrew's Pythons must not help out on a developer's own machine.
        script = (
            (ROOT / "nenep")
            .read_text(encoding="utf-8")
            .replace("/opt/", "/no/")
            .replace("/usr/local/", "/no/")
        )
        self.launcher = self.checkout / "nenep"
        self.launcher.write_text(script, encoding="utf-8")
        self.launcher.chmod(0o755)

    def program(self, name, script):
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def python(self, name, *, answer=GOOD, pip=":"):
        script = STAND_IN.format(answer=answer, pip=pip, real=sys.executable, noted=self.noted)
        (self.programs / name).write_text(script)
        (self.programs / name).chmod(0o755)

    def environment(self, **more):
        return {"PATH": str(self.programs), "HOME": str(self.programs), **more}

    def start(self, *arguments, **environment):
        return subprocess.Popen(
            [self.launcher, *arguments],
            env=self.environment(**environment),
            cwd=self.programs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments, **environment):
        process = self.start(*arguments, **environment)
        process.out, process.err = process.communicate(timeout=60)
        return process

    def work(self):
        """What the stand-ins were asked to do, in order."""
        return self.noted.read_text().split() if self.noted.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def refused(process):
    """The one sentence of a refusal."""
    assert process.returncode == 2
    assert process.out == ""
    sentences = [line for line in process.err.splitlines() if not line.startswith("Đang cài")]
    assert len(sentences) == 1, process.err
    return sentences[0]


def test_without_a_command_the_commands_of_this_version_are_listed(machine):
    for arguments in ([], ["--help"], ["help"]):
        told = machine.run(*arguments)
        assert told.returncode == 0
        names = [line.split()[0] for line in told.out.splitlines()[4:]]
        assert names == ["demo", "test"]


def test_every_command_listed_by_the_launcher_of_this_checkout_exists():
    told = subprocess.run([ROOT / "nenep"], capture_output=True, text=True, check=True).stdout
    names = {line.split()[0] for line in told.splitlines()[4:]}
    assert names <= {path.stem for path in ROOT.glob("src/nenep/*/management/commands/*.py")} | {"test"}
    assert "verify" in names


@pytest.mark.parametrize("name", ["nothing", "*", "-x", "demo test", "bench"])
def test_an_unknown_command_is_refused_before_anything_is_installed(machine, name):
    machine.python("python3")
    assert f"“{name}”" in refused(machine.run(name))
    assert machine.work() == []


def test_a_dead_shim_and_an_old_python_are_passed_over(machine):
    machine.python("python3.13", answer="exit 127")
    machine.python("python3.12", answer="echo old 3.9")
    machine.python("python3")
    ran = machine.run("demo", "--port", "8001")
    assert ran.returncode == 0
    assert ran.out == f"{machine.programs} runs {machine.checkout}/manage.py demo --port 8001, profile demo\n"
    assert machine.work() == ["venv", "pip"]


def test_the_python_that_is_named_is_the_one_taken(machine):
    machine.python("python3.13", answer="exit 127")
    machine.python("mine")
    assert machine.run("demo", NENEP_PYTHON=str(machine.programs / "mine")).returncode == 0


def test_a_named_python_that_does_not_run_is_refused_by_name(machine):
    machine.python("python3")
    assert "NENEP_PYTHON là /no/such" in refused(machine.run("demo", NENEP_PYTHON="/no/such"))


def test_no_python_names_the_package_to_install(machine):
    machine.program("apt-get", "exit 1")
    said = refused(machine.run("demo"))
    assert "cần Python 3.11 trở lên; hãy cài bằng: sudo apt install python3 python3-venv," in said


def test_a_python_that_is_too_old_is_named_with_its_version(machine):
    machine.python("python3", answer="echo old 3.9")
    machine.program("brew", "exit 1")
    said = refused(machine.run("demo"))
    assert "chỉ có bản 3.9" in said
    assert "brew install python" in said


def test_a_python_without_venv_names_its_package(machine):
    machine.python("python3", answer="echo bare 3.11")
    machine.program("apt-get", "exit 1")
    assert "bằng: sudo apt install python3.11-venv," in refused(machine.run("demo"))
    machine.program("id", "echo 0")
    assert "bằng: apt install python3.11-venv," in refused(machine.run("demo"))


def test_a_second_start_installs_nothing_and_a_new_lock_is_installed(machine):
    machine.python("python3")
    machine.run("demo")
    (machine.programs / "python3").unlink()
    assert machine.run("demo").returncode == 0
    assert machine.work() == ["venv", "pip"]
    machine.python("python3")
    with (machine.checkout / "requirements.lock").open("a") as lock:
        lock.write("more==1\n")
    machine.run("demo")
    assert machine.work() == ["venv", "pip", "pip"]


def test_what_the_tests_need_serves_the_program_too(machine):
    machine.python("python3")
    ran = machine.run("test", "lint")
    assert ran.out == f"{machine.checkout} runs -m tools.gate lint, profile none\n"
    machine.run("demo")
    assert machine.work() == ["venv", "pip"]


def test_compiled_modules_are_kept_for_the_next_start(machine):
    machine.python("python3")
    told = machine.run("demo", PYTHONDONTWRITEBYTECODE="1").out
    assert told.endswith(f"runs {machine.checkout}/manage.py demo, profile demo\n")


def test_an_environment_whose_python_has_gone_is_made_anew(machine):
    machine.python("python3")
    machine.run("demo")
    (machine.checkout / ".venv/bin/python").unlink()
    (machine.checkout / ".venv/left-over").touch()
    assert machine.run("demo").returncode == 0
    assert machine.work() == ["venv", "pip"] * 2
    assert not (machine.checkout / ".venv/left-over").exists()


def test_an_interrupted_set_up_is_awaited_and_then_repaired(machine):
    machine.python("python3", pip="sleep 2")
    killed = machine.start("demo")
    while machine.work() != ["venv", "pip"]:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)  # its pip goes on for two seconds
    killed.communicate()
    (machine.checkout / ".venv/half-written").touch()
    machine.python("python3")
    ran = machine.run("demo")
    assert "Một lần cài đặt khác đang chạy" in ran.err
    assert ran.returncode == 0
    assert machine.work() == ["venv", "pip"] * 2
    assert not (machine.checkout / ".venv/half-written").exists()


def test_two_starts_at_once_set_up_once(machine):
    machine.python("python3", pip="sleep 0.5")
    finish([machine.start("demo"), machine.start("demo")])
    assert machine.work() == ["venv", "pip"]


def test_two_starts_that_need_different_sets_take_turns(machine):
    machine.python("python3", pip=f"sleep 0.5; echo done >>{machine.noted}")
    finish([machine.start("demo"), machine.start("test")])
    # Where the wider set came first, it served both.
    assert machine.work() in (["venv", "pip", "done"], ["venv", "pip", "done", "pip", "done"])


def finish(processes):
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert "runs" in out


@pytest.mark.parametrize(
    ("told", "advice"),
    [
        ("WARNING: Retrying (Retry(total=0)) after connection broken: NewConnectionError", "kiểm tra mạng"),
        ("ERROR: No matching distribution found for django==5.2.19", "kiểm tra mạng"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "dọn lấy khoảng",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "bị hỏng"),
        ("urllib3.exceptions.IncompleteRead: connection broken", "bị hỏng"),
        ("SSLError: CERTIFICATE_VERIFY_FAILED, Retrying (Retry(total=0))", "Chứng thư"),
        ("OSError: [Errno 13] Permission denied: x", "quyền ghi"),
        ("Traceback: first\nsomething nobody foresaw", "something nobody foresaw"),
    ],
)
def test_a_failed_installation_says_what_to_do_and_the_next_start_tries_again(machine, told, advice):
    machine.python("python3", pip=f"cat <<'END'\n{told}\nEND\nexit 1")
    said = refused(machine.run("demo"))
    assert advice in said
    assert "Traceback" not in said
    (machine.checkout / ".venv/bin/python").unlink()  # the stand-in that fails
    machine.python("python3")
    assert machine.run("demo").returncode == 0


def test_uv_installs_where_it_answers_and_pip_where_it_fails(machine):
    machine.python("python3")
    machine.program("uv", f'echo "uv $1" >>"{machine.noted}"')
    machine.run("demo")
    assert machine.work() == ["venv", "uv", "--version", "uv", "pip"]
    (machine.checkout / ".venv/requirements.lock").unlink()
    machine.program("uv", 'test "$1" = --version')
    assert machine.run("demo").returncode == 0
    assert machine.work()[5:] == ["pip"]


def test_too_little_disk_is_said_before_anything_is_written(machine):
    machine.python("python3")
    machine.program("df", "echo; echo disk 9 9 100000 99% /")
    assert "Ổ đĩa" in refused(machine.run("demo"))
    assert not (machine.checkout / ".venv").exists()


def test_a_symbolic_link_leads_to_the_checkout(machine):
    machine.python("python3")
    link = machine.programs / "nenep"
    link.symlink_to(os.path.relpath(machine.launcher, machine.programs))
    machine.launcher = link
    assert f"runs {machine.checkout}/manage.py demo" in machine.run("demo").out


@pytest.mark.slow
def test_a_real_python_without_a_package_index_ends_in_one_sentence(machine):
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }
    said = refused(machine.run("demo", NENEP_PYTHON=sys.executable, **nowhere))
    assert "kiểm tra mạng" in said
    assert (machine.checkout / ".venv/bin/python").exists()
