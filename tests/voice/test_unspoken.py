"""``check`` says which counters the walls will not call well: by name, and why."""

import pytest

from queue_server.domain.site import Counter
from queue_server.voice.packs import installed
from queue_server.voice.unspoken import unspoken
from tests.world.command_line import queue_server
from tests.world.folders import MINIMAL, folder
from tests.world.values import hall


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Loket 1", "Ruang 12A", "Gerai 14-1", "Meja Informasi", "Loket KTP"], {}),
        (["Loket Disporapar 2"], {"1": "no word for 'Disporapar'"}),
        (["Loket 1", "Dinas Sosial Bagian Ŝpecialø"], {"2": "'Dinas', 'Specialø'"}),
        (["Loket ٣"], {"1": "'٣'"}),
        (["(—)"], {"1": "nothing to say in '(—)'"}),
        (["Loket A1", "Loket B1", "Loket A-1"], {"3": "'Loket A-1' sounds like 'Loket A1'"}),
        (["Loket 2", "2"], {"2": "sounds like 'Loket 2'"}),
        (["Ruang Pendaftaran Perizinan Terpadu Lantai Atas 130"], {"1": "s to say"}),
    ],
)
def test_what_is_not_called_well_is_told(names, said):
    counters = {str(i): Counter(str(i), name, "dukcapil", "A", ("ktp",)) for i, name in enumerate(names, 1)}
    found = dict(unspoken(hall(counters=counters), installed()["id"]))
    assert found.keys() == said.keys()
    for counter, reason in said.items():
        assert reason in found[counter]


def test_check_names_the_file_the_counter_and_the_word(tmp_path):
    config = folder(tmp_path, MINIMAL.replace('name = "Loket 1"', 'name = "Loket Disporapar"'))
    done = queue_server("check", "--config", config)
    assert done.returncode == 0
    assert "counters[0].name (" in done.stdout
    assert "the voice has no word for 'Disporapar'" in done.stdout
    assert done.stdout.splitlines()[-1] == "ok: kecil"
