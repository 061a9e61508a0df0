"""Nobody counts to ``services[13]``: what is one of many is named by its id too."""

import pytest

from queue_server import settings
from tests.world.folders import MINIMAL, folder, load

ANOTHER = '[[services]]\nid = "lain"\nagency = "desa"\nprefix = "{}"\nname = "Lain"\n'


@pytest.mark.parametrize(
    ("site", "line"),
    [
        pytest.param(
            MINIMAL + ANOTHER.format("A"),
            "services[1].prefix (lain): 'A' is already the prefix of services[0] (surat)",
            id="a mistake",
        ),
        pytest.param(
            MINIMAL + ANOTHER.format("B").replace('prefix = "B"', 'prefix = "B"\noutage_prefix = "A"'),
            "services[1].outage_prefix (lain): 'A' is the prefix of services[0] (surat)",
            id="paper that reads as another's number",
        ),
        pytest.param(
            (MINIMAL + ANOTHER.format("B")).replace("prefix =", 'outage_prefix = "Z"\nprefix ='),
            "services[1].outage_prefix (lain): 'Z' is already the outage_prefix of services[0] (surat)",
            id="two papers that read alike",
        ),
        pytest.param(MINIMAL + ANOTHER.format("I"), "services[1].prefix (lain): ", id="a value that cannot be"),
        pytest.param(MINIMAL + "colour = 1\n", "counters[0].colour (1): unknown key", id="an unknown key"),
    ],
)
def test_a_mistake(tmp_path, site, line):
    with pytest.raises(settings.SettingsError) as refused:
        load(folder(tmp_path, site))
    assert line in str(refused.value)


def test_a_doubt(tmp_path):
    site = (MINIMAL + ANOTHER.format("D")).replace('prefix = "A"', 'prefix = "B"')
    said = [str(problem) for problem in settings.warnings(load(folder(tmp_path, site)))]
    assert any("services: prefixes that sound alike when called: B and D" in line for line in said)


def test_a_row_without_an_id_is_named_by_its_place_alone(tmp_path):
    with pytest.raises(settings.SettingsError) as refused:
        load(folder(tmp_path, MINIMAL.replace('id = "surat"\n', "", 1)))
    assert "services[0].id: is required" in str(refused.value)
