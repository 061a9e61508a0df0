"""Figures are reckoned in a process of their own: whatever becomes of it, the next asker is answered."""

import os
import signal
import threading
import time
from functools import partial

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.reckoning.workshop import Broken, Workshop


@pytest.fixture(scope="module")
def workshop():
    """One for all: a process takes a second to start."""
    made = Workshop()
    yield made
    made.close()


def test_a_question_is_answered_by_a_process_behind_the_hall_and_an_error_comes_back_as_it_was(workshop):
    there = workshop(os.getpid)
    assert there != os.getpid()
    assert os.getpriority(os.PRIO_PROCESS, there) > os.getpriority(os.PRIO_PROCESS, 0)
    with pytest.raises(Broken, match="ValueError: invalid literal"):
        workshop(partial(int, "seven"))
    assert workshop(os.getpid) == there, "and the next question is answered all the same"


def test_it_works_in_the_servers_own_folder_for_a_database_may_be_named_from_there(workshop):
    """``./data`` is what ``make run`` and a command without ``--data`` say."""
    assert workshop(os.getcwd) == os.getcwd()


def test_a_process_that_dies_over_a_question_costs_its_asker_an_answer_and_nobody_else_any(workshop):
    first = workshop(os.getpid)
    threading.Thread(target=lambda: (time.sleep(0.2), os.kill(first, signal.SIGKILL))).start()
    with pytest.raises(QueueError) as refused:
        workshop(partial(time.sleep, 30))
    assert (refused.value.code, refused.value.details) == (Code.BUSY, {"retry_after_s": 5})
    assert workshop(os.getpid) != first


def test_where_no_process_can_be_had_the_asker_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: (_ for _ in ()).throw(OSError(12, "no memory")))
    with pytest.raises(QueueError) as refused:
        Workshop()(os.getpid)
    assert refused.value.code is Code.BUSY


def test_a_process_that_went_home_is_followed_by_another_and_no_asker_hears_of_it(workshop):
    first = workshop(os.getpid)
    process = workshop._process
    os.dup2(os.open(os.devnull, os.O_WRONLY), process.asks.fileno())  # it ends by itself, as when nobody asks
    assert process.popen.wait(20) == 0
    assert workshop(os.getpid) != first


def test_who_is_about_to_ask_finds_a_process_that_is_there_already(workshop):
    workshop(os.getpid)
    waits = workshop._process
    workshop.prepare()
    assert workshop._process is waits, "the one that waits is as good"
    workshop.close()
    workshop.prepare()
    prepared = workshop._process.popen.pid
    assert workshop(os.getpid) == prepared


def test_one_that_went_home_is_replaced_before_anybody_asks(workshop):
    workshop(os.getpid)
    gone = workshop._process
    gone.popen.kill()
    gone.popen.wait(20)
    workshop.prepare()
    ready = workshop._process
    assert ready is not gone, "before, not when the question comes"
    assert workshop(os.getpid) == ready.popen.pid


def test_where_no_process_can_be_had_nothing_is_prepared_and_nobody_refused(monkeypatch):
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: (_ for _ in ()).throw(OSError(12, "no memory")))
    none = Workshop()
    none.prepare()
    assert none._process is None
