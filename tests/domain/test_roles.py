"""Roles: which there are, and which one stands for several."""

from queue_server.domain.roles import STAFF, Actor, Role, in_order, mightiest


def test_no_device_and_no_visitor_is_staff():
    assert set(Role) - STAFF == {Role.KIOSK, Role.DISPLAY, Role.VISITOR, Role.SYSTEM}


def test_an_account_may_do_what_any_of_its_roles_may():
    both = Actor("wati", frozenset({Role.OFFICER, Role.AUDITOR}), frozenset({"lebak"}))
    assert both.has({Role.AUDITOR}) and both.has({Role.OFFICER, Role.ADMIN}) and not both.has({Role.SUPERVISOR})


def test_roles_are_listed_the_mightiest_first_and_that_one_stands_for_them_all():
    given = [Role.CONTENT, Role.OFFICER, Role.ADMIN, Role.OFFICER]
    assert in_order(given) == [Role.ADMIN, Role.OFFICER, Role.CONTENT]
    assert mightiest(given) is Role.ADMIN
    assert set(in_order(Role)) == set(Role)
