from nenep.shared.shares import share


def test_shares_round_halves_up_and_have_no_value_without_a_base():
    assert (share(1, 8), share(1, 16), share(0, 3), share(3, 3)) == (12.5, 6.3, 0.0, 100.0)
    assert share(0, 0) is None
