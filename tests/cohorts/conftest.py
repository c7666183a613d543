import pytest

from cohorts.enums import CohortState
from cohorts.models import Cohort
from tests import factories as make


@pytest.fixture
def cohort(people) -> Cohort:
    return make.CohortFactory(
        territory=people.a.territory, host=people.a.host, state=CohortState.RECRUITING
    )
