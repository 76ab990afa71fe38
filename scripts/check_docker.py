"""Check docker/ without a Docker engine: the compose file, what it and the Dockerfile name, the pins.

Where `docker compose` is there it has the last word on the compose file.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
DOCKER = ROOT / "docker"
COMPOSE = DOCKER / "compose.yaml"
INSTRUCTIONS = {"ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "LABEL", "RUN", "USER", "WORKDIR"}


def dockerfile_problems() -> Iterator[str]:
    lines = (DOCKER / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#")]
    if not steps or steps[0] != ["FROM", "odoo:19"]:
        yield "Dockerfile: does not begin with FROM odoo:19"
    for word, rest in steps:
        if word not in INSTRUCTIONS:
            yield f"Dockerfile: {word} is no instruction"
        if word == "COPY" and not (ROOT / rest.split()[0]).exists():
            yield f"Dockerfile: COPY of {rest.split()[0]}, which is not there"


def compose_problems() -> Iterator[str]:
    compose = yaml.safe_load(COMPOSE.read_text())
    services = compose.get("services", {})
    for name, service in services.items():
        if "image" not in service and "build" not in service:
            yield f"compose.yaml: {name} has neither image nor build"
        yield from (f"compose.yaml: {name} depends on {other}, which is not there"
                    for other in service.get("depends_on", ()) if other not in services)
        yield from _volume_problems(name, service, set(compose.get("volumes", {})))


def _volume_problems(name: str, service: dict[str, list[str]], volumes: set[str]) -> Iterator[str]:
    for source in (volume.split(":")[0] for volume in service.get("volumes", ())):
        known = (DOCKER / source).exists() if source.startswith(".") else source in volumes
        if not known:
            yield f"compose.yaml: {name} mounts {source}, which is not there"


def pin_problems() -> Iterator[str]:
    """The image has the versions that the tests ran with."""
    pins = (ROOT / "scripts" / "constraints.txt").read_text().splitlines()
    for line in (DOCKER / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#") and line not in pins:
            yield f"requirements.txt: {line} is not what scripts/constraints.txt has"


def nginx_problems() -> Iterator[str]:
    text = re.sub(r"#.*", "", (DOCKER / "nginx.conf").read_text())
    if text.count("{") != text.count("}"):
        yield "nginx.conf: braces do not match"
    if "gzip on;" not in text:
        yield "nginx.conf: gzip is not on"


def docker_problems() -> Iterator[str]:
    command = ["docker", "compose"]
    if not shutil.which("docker") or subprocess.run([*command, "version"], capture_output=True, check=False).returncode:
        return
    done = subprocess.run(
        [*command, "-f", str(COMPOSE), "config", "--quiet"],
        env={**os.environ, "WCM_DB_PASSWORD": "x"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield f"docker compose: {done.stderr.strip()}"


def main() -> int:
    checks = (dockerfile_problems, compose_problems, pin_problems, nginx_problems, docker_problems)
    problems = [problem for check in checks for problem in check()]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
