"""The recorded wall is whole, and the recorder keeps a present one as whole."""

from tests.display_ui.old_client import OldWall, hall, record


def test_the_recording_holds_all_that_its_page_loads(tmp_path):
    old = OldWall(tmp_path)
    assert len(list(old.files.rglob("*.*"))) > 20
    assert old.lacks() == []


def test_control_a_script_that_was_not_recorded_is_missed(tmp_path):
    old = OldWall(tmp_path)
    (old.files / "static" / "js" / "live.js").unlink()
    assert old.lacks() == ["static/js/live.js"]


def test_the_wall_of_today_can_be_recorded(tmp_path):
    server = hall(tmp_path).start()
    try:
        record(server, tmp_path / "wall.tar.xz")
    finally:
        server.kill()
    new = OldWall(tmp_path / "new", tmp_path / "wall.tar.xz")
    assert len(list(new.files.rglob("*.*"))) > 20
    assert new.lacks() == []
