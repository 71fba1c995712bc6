"""The environments that are looked at, and what their builds are given."""


def places(project, spec, more):
    (app,) = project({"amplify.yml": spec("true", more=more)}).apps
    return {place.title: place for place in app.places}


def test_without_a_section(project, spec):
    found = places(project, spec, "env: {variables: {A: x}, pull_requests: {variables: {A: y}}}\n")
    assert {title: place.variables["A"].value for title, place in found.items()} == {
        "prod": "x",
        "previews of pull requests": "y",
    }
    assert [title for title, place in found.items() if place.is_production] == ["prod"]


def test_with_a_section_and_branches(project, spec):
    more = """\
    environments:
      live: {branch: main, policy: prod}
      staging: {branch: "release/*"}
      preview: {branch: "*", pull_requests: true}
    env: {branches: {beta: {variables: {A: z}}, "x/*": {variables: {A: w}}}}
    """
    found = places(project, spec, more)
    assert list(found) == ["live", "beta", "previews of pull requests"]
    assert [title for title, place in found.items() if place.is_production] == ["live"]
    assert found["beta"].variables["A"].value == "z"


def test_a_policy_that_is_not_there_is_left_to_others(project, spec):
    found = places(project, spec, "environments:\n  odd: {branch: main, policy: gone}\n")
    assert list(found) == ["previews of pull requests"]
