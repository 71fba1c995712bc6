import pytest

from engine.verify.backend import ids

FOREIGN = {"staging": {"auth_user_pool_id": "us-east-1_BBBBBBBBB"}}


@pytest.mark.parametrize(
    ("text", "passed", "said"),
    [
        ("pool = 'us-east-1_AAAAAAAAA'", True, "auth_user_pool_id"),
        ("pool = 'us-east-1_BBBBBBBBB'", False, "/app.js has auth_user_pool_id of staging"),
        ("'us-east-1_AAAAAAAAA' or 'us-east-1_BBBBBBBBB'", False, "of staging"),
        ("nothing", False, "nobody can sign in"),
    ],
)
def test_the_live_frontend_must_name_this_environment_and_no_other(make_visit, text, passed, said):
    check = ids.check(make_visit(pages={"app.js": text, "logo.png": "x"}, foreign=FOREIGN))
    assert check.passed is passed
    assert said in check.message


def test_without_users_a_frontend_may_name_nothing(make_visit):
    spec = {"storage": {"files": {}}}
    outputs = {"storage_files_bucket": "wl-app-prod-files"}
    assert ids.check(make_visit(spec, outputs=outputs, pages={"index.html": ""})).passed


def test_what_environments_share_on_purpose_is_foreign_to_none(make_visit):
    pool = {"auth_user_pool_id": "us-east-1_AAAAAAAAA"}
    assert ids.check(make_visit(pages={"a.js": "us-east-1_AAAAAAAAA"}, foreign={"staging": pool})).passed


def test_a_backend_without_public_ids_is_not_looked_at(make_visit):
    assert ids.check(make_visit({"queues": {"jobs": {}}}, outputs={"queues_jobs_url": "http://q"})) is None
