"""The order of the rows of a file: by what stands in them, so that it tells nothing and is the same each time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.exports.responses import in_order


@given(st.integers(1, 19).flatmap(lambda wide: st.lists(st.binary(min_size=wide, max_size=wide), min_size=1)))
def test_rows_are_put_in_order_as_bytes_compare(rows):
    laid = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), -1)

    order = in_order(laid).tolist()

    assert order == sorted(range(len(rows)), key=lambda place: rows[place])
