"""A socket says little: sixty packets a minute, counted anew each minute, each connection for itself."""

from queue_server.live.chatter import Chatter


def test_the_sixty_first_packet_of_a_minute_is_one_too_many():
    now = [0.0]
    chatter = Chatter(60, clock=lambda: now[0])
    assert [chatter.may_speak("a") for _ in range(61)] == [True] * 60 + [False]
    assert chatter.may_speak("b"), "another connection"
    now[0] = 60.0
    assert chatter.may_speak("a"), "another minute"


def test_a_connection_that_has_gone_is_forgotten():
    chatter = Chatter(1)
    chatter.may_speak("a")
    chatter.forget("a")
    chatter.forget("never came")
    assert chatter.said == {}
