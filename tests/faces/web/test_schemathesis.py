"""The API against its own description: schemathesis makes requests of it, right ones and wrong ones, and judges the answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("schemathesis", reason="made requests need schemathesis, which the extra dev brings")

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dragoman.faces.cli.main import main
from dragoman.faces.web.api.routes import QUESTIONS
from dragoman.faces.web.app import application

CUBA = Path(__file__).parents[3] / "examples" / "cuba_1962" / "case.jsonl"
EXAMPLES = 15
LOCAL = {"Host": "localhost"}
ANSWERED = Counter[tuple[str, int]]()
"""The answers by method and status: that many were asked for shows that the test tests."""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The description that the workspace over the example publishes."""
    place = tmp_path_factory.mktemp("described") / "cuba.case"
    assert main(["add", str(place), str(CUBA)]) == 0
    schema = schemathesis.openapi.from_asgi("/api/1/openapi.json", application(str(place)), headers=LOCAL)
    schema.config.seed = 1
    return schema


api = schemathesis.pytest.from_fixture("described")


@api.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_answer_is_as_described(case: Any) -> None:
    answer = case.call(headers=LOCAL)
    ANSWERED[case.method, answer.status_code] += 1
    days = [str((case.query or {}).get(name, "")) for name in ("as_of", "since")]
    turned = answer.status_code == 400 and "is later than" in answer.text and "" < days[0] < days[1]
    turned = turned or (answer.status_code == 400 and "the lower one first" in answer.text)
    # No schema can say that one parameter may not be greater than another.
    case.validate_response(answer, excluded_checks=[positive_data_acceptance] if turned else [])


def test_it_was_asked_much() -> None:
    """Runs behind the other one, in the same process."""
    if not ANSWERED:
        pytest.skip("the made requests did not run before")
    statuses = {status for _, status in ANSWERED}
    assert {200, 400, 404, 405} <= statuses <= {200, 304, 400, 403, 404, 405, 415}
    assert sum(ANSWERED.values()) > 20 * len(QUESTIONS)
    assert ANSWERED["GET", 200] > 5 * len(QUESTIONS)
