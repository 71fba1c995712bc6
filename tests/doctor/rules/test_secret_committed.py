import pytest

RULE = "secret-committed"


@pytest.mark.parametrize(
    "line",
    [
        "VITE_API_KEY=AIzaSyA1234567890abcdefghijklmnopqrstuv",
        "API_URL=https://api.example.com/v1",
        "API_KEY=",
        "API_KEY=your-key-goes-here",
        "DB_PASSWORD=${DB_PASSWORD_OF_CI}",
        "STRIPE_KEY=pk_live_0123456789abcdefghijkl",
        "# API_KEY=f3a9c07be1d84f6c92",
    ],
)
def test_good(look, line):
    assert not look(RULE, {".env": f"{line}\n"}, git=True)


@pytest.mark.parametrize(
    "line",
    [
        "API_KEY=f3a9c07be1d84f6c92",
        "A=ghp_" + "a1B2" * 9,
        "VITE_X=sk_live_" + "a1B2" * 6,
        "K=AKIA" + "Q7" * 8,
    ],
)
def test_bad(look, line):
    (found,) = look(RULE, {".env": f"A=1\n{line}\n"}, git=True)
    assert found.where.line == 2
    assert line.partition("=")[2] not in found.message


def test_an_ignored_file_is_good(look):
    assert not look(RULE, {".env": "API_KEY=f3a9c07be1d84f6c92\n", ".gitignore": ".env\n"}, git=True)
