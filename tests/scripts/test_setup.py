"""The set-up scripts where they can be tested without a network or a database."""

import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from setup import (  # noqa: E402
    commands,
    database,
    debian,
    demo,
    jobs,
    lint,
    odoo_run,
    odoo_wheel,
    python_env,
    upstream,
)
from setup.say import Stop  # noqa: E402


def test_a_missing_package_gives_an_ordinary_user_the_one_command_for_root(monkeypatch):
    monkeypatch.setattr(debian, "missing_packages", lambda: ["chromium"])
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)
    with pytest.raises(Stop, match=r"as root: apt-get update && apt-get install -y .*chromium"):
        debian.install_packages()


def test_an_existing_postgresql_needs_only_its_client(monkeypatch):
    monkeypatch.setattr(debian, "PACKAGES", {"postgresql": "/nowhere"})
    monkeypatch.setenv("PGHOST", "db.example")
    assert "postgresql" not in debian.missing_packages()


@pytest.mark.parametrize("interface", ["0.0.0.0", "192.0.2.1", "::"])
def test_public_passwords_are_served_on_loopback_only(monkeypatch, interface):
    monkeypatch.setenv("WCM_INTERFACE", interface)
    with pytest.raises(Stop, match="loopback only"):
        demo._loopback()


@pytest.mark.parametrize("port", ["x", "80", "70000"])
def test_a_port_that_is_none_is_refused_before_any_work(monkeypatch, port):
    monkeypatch.setenv("WCM_PORT", port)
    with pytest.raises(Stop, match="1024 to 65535"):
        demo._port()


def test_a_taken_port_is_named(monkeypatch):
    with demo.odoo_run.socket.socket() as taken:
        taken.bind((odoo_run.LOOPBACK, 0))
        taken.listen()
        monkeypatch.setenv("WCM_PORT", str(taken.getsockname()[1]))
        with pytest.raises(Stop, match="is taken"):
            demo._port()


def test_a_folder_without_odoo_19_is_no_odoo(monkeypatch, tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')")
    monkeypatch.setenv("WCM_ODOO", str(tmp_path))
    with pytest.raises(Stop, match="Remedy: name its checkout"):
        python_env.existing_odoo()


def test_a_download_with_a_wrong_checksum_is_deleted(tmp_path):
    deb = tmp_path / "odoo-19_19.0_all.deb"
    deb.write_bytes(b"half of it")
    with pytest.raises(Stop, match="checksum"):
        debian.verify(tmp_path, {"0" * 64}, "*.deb")
    assert not deb.exists()


def test_the_wheel_follows_links_and_leaves_other_languages_behind(tmp_path):
    packages = _a_small_odoo(tmp_path)
    wheel = tmp_path / "odoo.whl"
    odoo_wheel._pack(packages, wheel)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(f"{odoo_wheel.INFO}/METADATA").decode()
        assert archive.read("odoo/addons/web/font.ttf") == b"font"
    assert "odoo/addons/web/i18n/en_GB.po" in names
    assert "odoo/addons/web/i18n/de.po" not in names
    assert names.count(odoo_wheel.EMPTY_FILES[0]) == 1
    assert "Requires-Dist: psycopg2-binary>=2.2\n" in metadata
    assert "python-ldap" not in metadata


def _a_small_odoo(tmp_path: Path) -> Path:
    packages = tmp_path / "dist-packages"
    web = packages / "odoo" / "addons" / "web"
    (web / "i18n").mkdir(parents=True)
    (web / "i18n" / "de.po").touch()
    (web / "i18n" / "en_GB.po").touch()
    (tmp_path / "font.ttf").write_bytes(b"font")
    (web / "font.ttf").symlink_to(tmp_path / "font.ttf")
    info = packages / "odoo-19.0.egg-info"
    info.mkdir()
    needs = 'Requires-Dist: psycopg2>=2.2\nRequires-Dist: python-ldap; extra == "ldap"\n'
    (info / "PKG-INFO").write_text(f"Name: odoo\n{needs}")
    return packages


def test_a_test_lost_to_us_fails_the_comparison(capsys):
    before = {"a": "passed", "b": "failed", "c": "skipped"}
    assert upstream._compare(before, {"a": "passed", "b": "passed", "c": "skipped"}) == 0
    assert upstream._compare(before, {"a": "skipped", "b": "failed", "c": "skipped"}) == 1
    assert upstream._compare(before, {"b": "failed", "c": "skipped"}) == 1
    assert "passed -> absent" in capsys.readouterr().out


def test_a_database_that_is_dropped_takes_its_files_and_its_planners_questions_along(monkeypatch, tmp_path):
    monkeypatch.setattr(database, "sql", lambda *_args, **_values: "")
    monkeypatch.setattr(database, "DATA", tmp_path)
    monkeypatch.setattr(database, "FILESTORE", tmp_path / "filestore")
    for name in ("gone", "stays"):
        (tmp_path / "filestore" / name).mkdir(parents=True)
        (tmp_path / "wcm_plans" / name / "7").mkdir(parents=True)
    database.drop("gone")
    assert sorted(path.name for path in tmp_path.glob("*/*")) == ["stays", "stays"]


def test_every_lint_check_has_a_name_of_its_own():
    names = [name for name, _command, _folder in lint._checks()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("schedulers", [0, 1])
def test_scheduled_jobs_run_only_where_somebody_looks_and_no_mail_leaves(monkeypatch, tmp_path, schedulers):
    monkeypatch.setattr(odoo_run, "CONF", tmp_path)
    monkeypatch.setattr(odoo_run.postgres, "connection", dict)
    said = odoo_run.configuration("wcm_test", 8069, schedulers=schedulers).read_text().splitlines()
    assert f"max_cron_threads = {schedulers}" in said
    assert "smtp_server = " in said


def test_every_job_that_is_left_out_says_why():
    assert all(name.count(".") == 1 and len(reason) > 20 for name, reason in jobs.LEFT_OUT.items())
    assert not {"wcm_mapping.cron_import", "wcm_mapping.cron_fetch_sources"} & jobs.LEFT_OUT.keys()


def test_benchmarks_are_all_or_those_that_are_named_and_options_go_to_each():
    found, options = commands.benchmarks(["parts", "--sizes", "1000"])
    assert ([path.name for path in found], options) == (["parts.py"], ["--sizes", "1000"])
    names = [path.stem for path in commands.benchmarks([])[0]]
    assert {"parts", "screens", "planning_demo"} <= set(names) and not any(name.startswith(("_", "convert")) for name in names)


def test_a_benchmark_that_is_not_there_is_named():
    with pytest.raises(Stop, match=r"No benchmark is called part\. Remedy: name some of"):
        commands.benchmarks(["part"])
