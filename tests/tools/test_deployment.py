"""The containers fit the site: their files are valid, and versions and names of the environment agree everywhere."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.contrib.staticfiles import finders
from dockerfile_parse import DockerfileParser

from tools.services import java

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILES = ("docker-compose.yml", "tools/services/compose.yml")
DOCKERFILES = ("Dockerfile", "tools/elasticsearch/Dockerfile")
# Set neither in docker-compose.yml nor in the image: the one there speaks to its own node by a password, and its
# standby lies in the volume for it, below VAR_DIR.
FOR_SITES_WITHOUT_COMPOSE = {"ELASTICSEARCH_API_KEY", "SEARCH_STANDBY_PATH"}
# Read by gunicorn, not by the settings.
FOR_THE_WEB_SERVER = {"WEB_CONCURRENCY"}


def compose(path: str = "docker-compose.yml") -> dict[str, Any]:
    return yaml.safe_load((ROOT / path).read_text())


def dockerfile(path: str) -> DockerfileParser:
    return DockerfileParser(path=str(ROOT / path), env_replace=False)


def instructions(path: str, name: str) -> list[str]:
    return [part["value"] for part in dockerfile(path).structure if part["instruction"] == name]


def names_in_settings() -> set[str]:
    """Return the names that the settings read, by ``environ.get("NAME")`` or ``config(env="NAME")``."""
    names = set()
    for file in (ROOT / "cms" / "settings").glob("*.py"):
        for call in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func).endswith("environ.get"):
                names.add(ast.literal_eval(call.args[0]))
            names |= {ast.literal_eval(word.value) for word in call.keywords if word.arg == "env"}
    return names


def names_in_example() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def names_in_compose() -> set[str]:
    """Return the names that docker-compose.yml takes from .env."""
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def site_environment() -> dict[str, str]:
    return compose()["services"]["web"]["environment"]


def image_environment() -> dict[str, str]:
    return dict(re.findall(r"([A-Z_]+)=(\S+)", " ".join(instructions("Dockerfile", "ENV"))))


@pytest.mark.parametrize("path", COMPOSE_FILES)
def test_compose_file_is_valid_by_its_schema(path):
    schema = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text())

    jsonschema.validate(compose(path), schema)


def test_compose_runs_the_site_and_its_servers():
    services = compose()["services"]

    assert {"web", "worker", "postgres", "elasticsearch"} <= set(services)
    assert services["worker"]["command"] == ["python", "manage.py", "drain_search_outbox", "--loop"]
    assert services["translations"]["command"] == ["python", "manage.py", "work_translations", "--loop"]


def test_what_compose_waits_for_exists_and_can_become_healthy():
    services = compose()["services"]
    image_checks = bool(instructions("Dockerfile", "HEALTHCHECK"))
    for name, service in services.items():
        for other, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                own = services[other].get("healthcheck", {})
                assert own.get("test") or (image_checks and other == "web"), f"{name} waits for {other}"
            else:
                assert services[other]["restart"] == "no", f"{name} waits for the end of {other}"


def test_volumes_of_compose_are_declared():
    content = compose()
    used = {
        volume.split(":")[0]
        for service in content["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }

    assert used == set(content["volumes"])


def test_servers_are_not_published_beyond_the_machine():
    for path in COMPOSE_FILES:
        services = compose(path)["services"]
        for name in services.keys() - {"proxy"}:
            assert all(port.startswith("127.0.0.1:") for port in services[name].get("ports", [])), f"{name} in {path}"


def test_no_secret_is_written_into_compose():
    for name, service in compose()["services"].items():
        for variable, value in service.get("environment", {}).items():
            if variable.endswith(("KEY", "PASSWORD")):
                # Asked for, or empty: what an optional engine needs.
                assert re.fullmatch(r"\$\{[A-Z_]+:(\?[^}]+|-)\}", value), f"{variable} of {name}"


@pytest.mark.parametrize("path", DOCKERFILES)
def test_dockerfile_starts_from_a_fixed_version(path):
    for image in instructions(path, "FROM"):
        assert re.match(r"[a-z]+:\d+(\.\d+)+", image), image


def test_image_installs_the_locked_packages_and_runs_as_nobody_in_particular():
    runs = " ".join(instructions("Dockerfile", "RUN"))

    assert "pip install --require-hashes --only-binary :all: -r /tmp/production.txt" in runs
    assert "requirements/production.txt /tmp/production.txt" in instructions("Dockerfile", "COPY")
    assert instructions("Dockerfile", "USER") == ["site"]
    assert runs.index("tools.catalogues") < runs.index("collectstatic")


def test_image_holds_what_it_runs():
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    content = tomllib.loads((ROOT / "pyproject.toml").read_text())
    apps = set(content["tool"]["importlinter"]["root_packages"]) - {"bench", "tools", "tests"}
    dockerfile_text = (ROOT / "Dockerfile").read_text()
    run = {f"{module.replace('.', '/')}.py" for module in re.findall(r"\btools\.\w+", dockerfile_text)}

    assert apps <= kept
    assert run <= kept
    assert {"manage.py", "locale", "static", "templates", "requirements/production.txt"} <= kept


def test_what_the_tools_in_the_image_import_is_in_it():
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!tools/")}
    for path in kept:
        imported = re.findall(r"^from tools\.(\w+) import", (ROOT / path).read_text(), re.MULTILINE)
        assert {f"tools/{module}.py" for module in imported} <= kept, path


def test_elasticsearch_has_one_version_everywhere():
    version = java.node_version()
    client = re.search(r"^elasticsearch==(\d+)", (ROOT / "requirements" / "base.txt").read_text(), re.MULTILINE)

    assert instructions("tools/elasticsearch/Dockerfile", "FROM") == [f"elasticsearch:{version}"]
    assert compose()["services"]["elasticsearch"]["image"] == f"encynet/elasticsearch:{version}"
    assert client is not None
    assert client[1] == version.split(".")[0]


def test_elasticsearch_has_the_analysis_of_the_languages():
    (install,) = instructions("tools/elasticsearch/Dockerfile", "RUN")

    assert install.split()[-4:] == ["analysis-icu", "analysis-kuromoji", "analysis-nori", "analysis-smartcn"]
    for path in COMPOSE_FILES:
        context = compose(path)["services"]["elasticsearch"]["build"]["context"]
        assert (ROOT / path).parent.joinpath(context).resolve() == ROOT / "tools" / "elasticsearch"


def test_postgres_has_one_version_everywhere():
    assert len({compose(path)["services"]["postgres"]["image"] for path in COMPOSE_FILES}) == 1


def test_python_of_the_image_is_one_that_the_project_supports():
    content = tomllib.loads((ROOT / "pyproject.toml").read_text())
    oldest = tuple(map(int, re.findall(r"\d+", content["project"]["requires-python"])))
    images = [image.split()[0] for image in instructions("Dockerfile", "FROM")]

    assert len(set(images)) == 1
    assert tuple(map(int, re.findall(r"\d+", images[0])[:2])) >= oldest


def test_example_names_what_settings_and_compose_read_and_nothing_else():
    assert names_in_settings() | names_in_compose() == names_in_example()


def test_compose_tells_the_site_all_that_its_settings_read():
    told = set(site_environment()) | set(image_environment()) & names_in_settings()

    assert told == names_in_settings() - FOR_SITES_WITHOUT_COMPOSE | FOR_THE_WEB_SERVER


def test_web_worker_and_migrate_are_told_the_same():
    services = compose()["services"]

    assert services["web"]["environment"] == services["worker"]["environment"] == services["migrate"]["environment"]


def test_uploads_lie_where_the_volume_is():
    image = image_environment()
    volumes = [f"media:{image['MEDIA_ROOT']}", f"standby:{image['VAR_DIR']}/standby"]
    assert compose()["services"]["web"]["volumes"] == volumes
    assert f"root * {image_environment()['MEDIA_ROOT']}" in (ROOT / "tools" / "proxy" / "Caddyfile").read_text()


def test_every_static_file_that_a_template_names_exists():
    """In production a name without a file is an error of the page; in development only a missing picture."""
    folders = [ROOT / "templates", *ROOT.glob("*/templates")]
    named = {
        (name, template.relative_to(ROOT).as_posix())
        for folder in folders
        for template in folder.rglob("*.html")
        for name in re.findall(r"""{%\s*static\s+["']([^"'{]+)["']""", template.read_text())
    }

    assert named
    assert sorted(pair for pair in named if not finders.find(pair[0])) == []


def test_production_settings_start_with_what_compose_tells():
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    filled = example | {"SECRET_KEY": "x" * 60, "POSTGRES_PASSWORD": "p1", "ELASTIC_PASSWORD": "e1"}

    def fill(value: str) -> str:
        return re.sub(r"\$\{([A-Z_]+)[^}]*\}", lambda found: filled[found[1]], value)

    told = {name: fill(value) for name, value in site_environment().items()} | image_environment()
    code = "import django; django.setup(); from django.conf import settings as s; print(s.DATABASES['default']['HOST'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=told | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("postgres\n", "")
