"""A warning is an error in every test; what is excused is counted."""

import tomllib
import warnings

import pytest

from tests.world.tree import ROOT


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("this goes away", DeprecationWarning, stacklevel=1)


def test_what_is_left_open_is_one_where_no_server_runs_beside(pytestconfig):
    warning = pytest.raises if pytestconfig.getoption("quick") else pytest.warns
    with warning(ResourceWarning):
        warnings.warn("unclosed file", ResourceWarning, stacklevel=1)


def test_nothing_else_is_excused():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert told["filterwarnings"] == ["error", r"ignore:\s*Eventlet is deprecated", "default::ResourceWarning"]
