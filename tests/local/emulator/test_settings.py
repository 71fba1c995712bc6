from pathlib import Path

from engine.local.emulator.settings import Settings, child_environment, emulator_environment


def test_settings_survive_the_way_to_the_process():
    settings = Settings(Path("/a b/ü"), 4610)
    assert Settings.from_json(settings.to_json()) == settings


def test_no_secret_of_the_shell_reaches_the_emulator():
    given = {
        "PATH": "/bin",
        "HOME": "/h",
        "SSL_CERT_FILE": "/c",
        "AWS_SECRET_ACCESS_KEY": "s",
        "GITHUB_TOKEN": "t",
    }
    assert child_environment(given) == {
        "PATH": "/bin",
        "HOME": "/h",
        "SSL_CERT_FILE": "/c",
        "PYTHONUTF8": "1",
    }


def test_the_emulator_listens_nowhere_else_and_checks_permissions():
    made = emulator_environment(Path("/data"), 4711)
    assert made["BIND_HOST"] == "127.0.0.1"
    assert made["IOT_MTLS_ENABLED"] == made["SFTP_ENABLED"] == "0"
    assert made["AUTH"] == "true"
    assert made["GATEWAY_PORT"] == "4711"
