"""A disputed figure is kept the same in every language, and told in the reader's."""

import pytest
from django.utils.translation import override

from taawun.monitoring.figures import in_words


@pytest.mark.parametrize(
    ("language", "figure", "told"),
    [
        ("en", "1234.5 (2026-01-20)", "1,234.5 (20 Jan 2026)"),
        ("fr", "1234.5 (2026-01-20)", "1\u202f234,5 (20 janv. 2026)"),
        ("en", "75 = 3/4 (2026-01-20)", "75 = 3 / 4 (20 Jan 2026)"),
        ("ar", "11 (2026-01-20)", "11 (20 يناير 2026)"),
        ("en", "-2 (2026-01-20)", "−2 (20 Jan 2026)"),
        ("fr", "Deux experts (2026-01-20)", "Deux experts (2026-01-20)"),
        ("fr", "", ""),
    ],
)
def test_values_are_told_in_the_readers_figures_and_dates(language, figure, told):
    with override(language):
        assert in_words(figure) == told
