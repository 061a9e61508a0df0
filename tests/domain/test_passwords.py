"""Passwords: long enough, and none that is guessed first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.passwords import LEAST, places, refuse_weak
from queue_server.store.passwords import common, made
from tests.world.values import hall

ABOUT = ("sari", "Sari Dewi", "lebak", "MPP Lebak", "Dukcapil")


def refused(password: str) -> Code | None:
    """Why a password is refused; None: it is not."""
    try:
        refuse_weak(password, common(), ABOUT)
    except QueueError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password-1234!",
        "qwertyuiop12",
        "123456789012",
        "210987654321",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "sarisarisari",
        "sari2026sari",
        "SARIDEWI2026!",
        "mpplebak2026!",
        "antrean2026!!",
        "sari-lebak-2026",
        "indonesia2026",
        "bismillah1234",
        "1q2w3e4r5t6y",
        "............",
    ],
)
def test_what_everybody_tries_first_is_refused(password):
    assert refused(password) is Code.PASSWORD_COMMON


@pytest.mark.parametrize(
    "password", ["kelapa-pantai-sawah", "Kuda.Hijau.Melompat", "hujan deras di ladang", "w7#kPz0!qLm2"]
)
def test_what_nobody_tries_first_is_taken(password):
    assert refused(password) is None


@pytest.mark.parametrize(("own", "known"), [((), {"lebak", "pandeglang"}), (("pandeglang",), {"pandeglang"})])
def test_the_names_of_the_account_s_own_halls_and_of_their_agencies_are_known(own, known):
    lebak, pandeglang = hall(), replace(hall(), id="pandeglang", name="MPP Pandeglang", short_name="Pandeglang")
    words = set(places([lebak, pandeglang], own))
    assert words & {"lebak", "pandeglang"} == known
    assert words >= {"dukcapil", "Dukcapil", "MPP Pandeglang", "Pandeglang"}
    assert ("MPP Lebak" in words) is ("lebak" in known)


def test_one_sign_too_few_is_too_short():
    assert refused("kuda.hijau.x"[: LEAST - 1]) is Code.PASSWORD_SHORT


@given(st.sampled_from(sorted(common())), st.text(alphabet="0123456789!.-", min_size=0, max_size=16))
def test_no_common_password_gets_better_by_figures_and_signs_behind_it(word, tail):
    assert refused((word + tail)[:256]) in (Code.PASSWORD_COMMON, Code.PASSWORD_SHORT)


@given(st.integers())
def test_a_password_that_the_product_makes_is_never_refused(_):
    assert refused(made()) is None


@given(st.text(max_size=256))
def test_any_text_is_weighed_without_a_fault_and_soon(text):
    refused(text)
