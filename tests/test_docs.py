"""What the documents say is still so: commands, settings, roles, modules, links, reasons for dependencies.

Each check answers with a list of what is missing, and has a twin that plants an omission and sees it found.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from django.core import management

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
STRUCTURE = ROOT / "docs" / "structure.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
SETTINGS = ROOT / "docs" / "settings.md"
ROLES = ROOT / "docs" / "roles.md"
ROLE_TABLE = ROOT / "src" / "nenep" / "access" / "roles.yml"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

COMMAND = re.compile(r"\./nenep ([a-z]+)")
READ_SETTING = re.compile(r"""["'](NENEP_[A-Z_]+|DATABASE_URL)["']""")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
WORD = re.compile(r"[A-Za-z_]+")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(path):
    return path.read_text(encoding="utf-8")


def run(data, *arguments):
    """Run a command on a data folder of its own, with the demo's modules, as the launcher would."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        arguments,
        cwd=ROOT,
        env=inherited | {"NENEP_DATA": str(data), "NENEP_PROFILE": "demo", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def commands_in(text):
    return sorted(set(COMMAND.findall(text)))


def commands_here():
    """The commands of ours that people call; one that only betters Django's own stays its."""
    ours = {path.stem for path in ROOT.glob("src/nenep/*/management/commands/[a-z]*.py")}
    return ours - set(management.find_commands(management.__path__[0])) | {"test"}


def unknown_commands(text):
    return [name for name in commands_in(text) if name not in commands_here()]


def unlisted_commands(text):
    listed = {
        name for line in text.splitlines() if line.startswith("| `./nenep") for name in commands_in(line)
    }
    return sorted(commands_here() - listed)


def settings_read():
    sources = [*(ROOT / "src" / "config").glob("*.py"), *(ROOT / "src" / "nenep").rglob("*.py")]
    own = [path for path in sources if "tests" not in path.parts]
    return {name for path in own for name in READ_SETTING.findall(text_of(path))}


def undescribed_settings(text):
    described = {name for line in text.splitlines() if line.startswith("|") for name in line.split("`")}
    return sorted(settings_read() - described)


def role_rows(table):
    """The lines of docs/roles.md as roles.yml has them: one for each role, one for each verb."""
    for name, role in table["roles"].items():
        flags = ("yes" if role[flag] else "no" for flag in ("second_factor", "short_session"))
        yield f"| `{name}` | {role['label']} | {' | '.join(flags)} |"
    for name, verb in table["verbs"].items():
        cells = [where(verb, role) for role in table["roles"]]
        yield f"| `{name}` {verb['label']} | {' | '.join(cells)} |"
    for name, chosen in table["chosen"].items():
        verbs = ", ".join(f"`{verb}`" for verb in chosen["verbs"])
        yield f"| `{name}` | {chosen['label']} | {verbs} |"


def where(verb, role):
    return {(True, True): "both", (True, False): "own", (False, True): "below"}.get(
        (role in verb["own"], role in verb["below"]), "–"
    )


def missing_role_rows(text, table):
    lines = set(text.splitlines())
    return [row for row in role_rows(table) if row not in lines]


def stale_role_rows(text, table):
    rows = set(role_rows(table))
    return [line for line in text.splitlines() if line.startswith("| `") and line not in rows]


def modules_here():
    return sorted(path.parent.name for path in ROOT.glob("src/nenep/*/__init__.py"))


def modules_in_order(text):
    """The modules that have a row in the table of floors, from top to ground."""
    return re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE)


def broken_links(page, text):
    """Relative links of a page to a file or a heading that is not there."""
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        has_heading = not anchor or (
            file.suffix == ".md" and file.exists() and anchor in anchors(text_of(file))
        )
        if not file.exists() or not has_heading:
            broken.append(f"{page.name}: {target}")
    return broken


def anchors(text):
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in kept}


def unknown_identifiers(text):
    """Words in backquotes that no source of ours has."""
    files = [path for kind in ("*.py", "*.yml") for path in (ROOT / "src").rglob(kind)]
    known = {word for path in files if "tests" not in path.parts for word in WORD.findall(text_of(path))}
    asked = {dotted.split(".")[-1] for dotted in re.findall(r"`([A-Za-z_.]+)`", text)}
    return sorted(asked - known)


def dependencies_without_reason(text):
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith(("#", "-r ")))
    return [line.split()[0] for line in lines if len(line.partition("#")[2].split()) < 2]


def test_every_command_in_the_readme_exists():
    assert unknown_commands(text_of(README)) == []


def test_a_command_that_does_not_exist_is_found():
    assert unknown_commands("    ./nenep demo\n    ./nenep dance --all\n") == ["dance"]


def test_every_command_stands_in_the_table_of_the_readme():
    assert unlisted_commands(text_of(README)) == []


def test_a_command_without_its_line_is_found():
    lines = [line for line in text_of(README).splitlines() if not line.startswith("| `./nenep verify")]
    assert unlisted_commands("\n".join(lines)) == ["verify"]


NAMES = [name for name in commands_in(text_of(README)) if name != "test"]
# One process loads the modules, each command runs in a fork of it: a start of its own costs most of a second.
HELP_OF_EACH = """
import os, sys
import manage
sys.path.insert(0, "src")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
folder, *names = sys.argv[1:]
for name in names:
    if not os.fork():
        sys.stdout = sys.stderr = open(f"{folder}/{name}", "w")
        sys.exit(manage.main([name, "--help"]))
    code = os.waitstatus_to_exitcode(os.wait()[1])
    print(name, code)
"""


@pytest.fixture(scope="module")
def helps(tmp_path_factory):
    """Name -> (exit code, what `manage.py NAME --help` says)."""
    folder = tmp_path_factory.mktemp("helps")
    done = run(folder, sys.executable, "-c", HELP_OF_EACH, str(folder), *NAMES, "dance")
    assert done.returncode == 0, done.stderr
    codes = dict(line.split() for line in done.stdout.splitlines())
    return {name: (int(code), text_of(folder / name)) for name, code in codes.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_command_in_the_readme_tells_how_it_is_used(name, helps):
    code, said = helps[name]
    assert code == 0, said
    assert said.startswith(f"cách dùng: ./nenep {name}")


def test_the_gate_tells_how_it_is_used(tmp_path):
    said = run(tmp_path, sys.executable, "-m", "tools.gate", "--help")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Cách dùng: ./nenep test")


def test_a_command_that_does_not_exist_has_no_help(helps):
    code, _said = helps["dance"]
    assert code != 0


def test_every_setting_that_is_read_is_described():
    assert undescribed_settings(text_of(SETTINGS)) == []


def test_a_setting_without_its_row_is_found():
    lines = [line for line in text_of(SETTINGS).splitlines() if "NENEP_PROXIES" not in line]
    assert undescribed_settings("\n".join(lines)) == ["NENEP_PROXIES"]


def test_every_role_and_verb_stands_in_the_page_of_roles():
    table = yaml.safe_load(text_of(ROLE_TABLE))
    assert missing_role_rows(text_of(ROLES), table) == []
    assert stale_role_rows(text_of(ROLES), table) == []


def test_a_right_that_changed_is_found_in_the_page_of_roles():
    table = yaml.safe_load(text_of(ROLE_TABLE))
    table["verbs"]["meetings.read"]["own"].append("clerk")
    changed = missing_role_rows(text_of(ROLES), table)
    assert [row.split("`")[1] for row in changed] == ["meetings.read"]
    assert len(stale_role_rows(text_of(ROLES), table)) == 1


def test_a_right_of_the_note_taker_that_changed_is_found_in_the_page_of_roles():
    table = yaml.safe_load(text_of(ROLE_TABLE))
    table["chosen"]["note_taker"]["verbs"] = ["meetings.call"]
    assert len(missing_role_rows(text_of(ROLES), table)) == len(stale_role_rows(text_of(ROLES), table)) == 1


def test_every_module_has_its_row_in_the_order_of_the_floors():
    contract = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"][0]
    assert modules_in_order(text_of(STRUCTURE)) == contract["layers"]
    assert sorted(contract["layers"]) == modules_here()


def test_a_module_without_its_row_is_found():
    lines = [line for line in text_of(STRUCTURE).splitlines() if not line.startswith("| `privacy` |")]
    assert set(modules_here()) - set(modules_in_order("\n".join(lines))) == {"privacy"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page):
    assert broken_links(page, text_of(page)) == []


@pytest.mark.parametrize(
    "target", ["docs/nowhere.md", "docs/development.md#nothing", "#nothing", "tools/nowhere.py"]
)
def test_a_link_that_leads_nowhere_is_found(target):
    assert broken_links(README, f"[words]({target})") == [f"README.md: {target}"]


@pytest.mark.parametrize(
    "target", ["docs/development.md#the-gate", "https://example.org/x", "tools", "#hai-lệnh"]
)
def test_a_link_that_leads_somewhere_is_no_finding(target):
    assert broken_links(README, f"[words]({target})") == []


def test_every_identifier_in_the_glossary_is_in_the_code():
    assert unknown_identifiers(text_of(GLOSSARY)) == []


def test_an_identifier_that_no_code_has_is_found():
    planted = "branch" + "_choir"
    assert unknown_identifiers(f"| ca đoàn | `{planted}`, `Meeting` |") == [planted]


def test_every_runtime_dependency_has_its_reason():
    for name in ("requirements.in", "requirements-sign.in"):
        assert dependencies_without_reason(text_of(ROOT / name)) == []


def test_a_dependency_without_reason_is_found():
    text = "# reasons\ndjango>=5.2   # the framework\nleftpad\nrightpad  #\n-r other.in\n"
    assert dependencies_without_reason(text) == ["leftpad", "rightpad"]
