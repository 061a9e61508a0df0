"""The shapes of the documents that leave the house, each declared once.

Queries return them and the type checker holds queries to them; the OpenAPI, the AsyncAPI and the browser's types are
made from them.
"""

from typing import Any

from .accounts import Accounts, HallMade, Lendings, Managed, Me, NewPassword, Sessions, Setup
from .audit import Audit
from .board import Beat, Board, Call, Calls, Queue
from .bookings import Bookings, ImportedBookings
from .carrying import CarryOver
from .demand import Demand, Districts
from .desk import Desk, Help, Notes
from .devices import Devices, Paired, Pairing, PairingWaits, Registered
from .fairness import FairnessReport
from .figures import Today
from .finding import FoundTickets, TicketStory
from .hall import Alarms, Hall, Steps
from .health import Health
from .interruptions import Interruption, Interruptions
from .media import Media
from .notices import KeptNotice, Notices
from .open_data import OpenData
from .overview import Overview
from .own_booking import OwnBooking, Slots
from .replies import Device, Error
from .reports import (
    Comparison,
    Complaints,
    Definitions,
    NumbersBehind,
    OfficersReport,
    PeriodReport,
    Targets,
    WaitsReport,
)
from .roster import Roster
from .site import Site, Sites
from .structure import Structure, StructureVersions
from .suggestions import Suggestions
from .survey import ClosedQuarter, Followups, Ikm, Publications, SaidSo, SurveyTicket
from .ticket import DeskTicket, Ticket

DOCUMENTS: dict[str, Any] = {
    "ticket": Ticket,
    "bookings": Bookings,
    "imported_bookings": ImportedBookings,
    "slots": Slots,
    "own_booking": OwnBooking,
    "board": Board,
    "call": Call,
    "calls": Calls,
    "queue": Queue,
    "desk": Desk,
    "help": Help,
    "notes": Notes,
    "desk_ticket": DeskTicket,
    "found_tickets": FoundTickets,
    "ticket_story": TicketStory,
    "hall": Hall,
    "steps": Steps,
    "alarms": Alarms,
    "suggestions": Suggestions,
    "interruption": Interruption,
    "interruptions": Interruptions,
    "media": Media,
    "notice": KeptNotice,
    "notices": Notices,
    "said": SaidSo,
    "survey_ticket": SurveyTicket,
    "ikm": Ikm,
    "followups": Followups,
    "publications": Publications,
    "closed_quarter": ClosedQuarter,
    "carry_over": CarryOver,
    "overview": Overview,
    "today": Today,
    "beat": Beat,
    "sites": Sites,
    "site": Site,
    "device": Device,
    "structure": Structure,
    "structure_versions": StructureVersions,
    "devices": Devices,
    "registered": Registered,
    "pairing": Pairing,
    "pairing_waits": PairingWaits,
    "paired": Paired,
    "accounts": Accounts,
    "account": Managed,
    "new_password": NewPassword,
    "sessions": Sessions,
    "me": Me,
    "lendings": Lendings,
    "roster": Roster,
    "setup": Setup,
    "hall_made": HallMade,
    "health": Health,
    "audit": Audit,
    "period_report": PeriodReport,
    "comparison": Comparison,
    "officers_report": OfficersReport,
    "targets": Targets,
    "demand": Demand,
    "districts": Districts,
    "complaints": Complaints,
    "waits_report": WaitsReport,
    "numbers_behind": NumbersBehind,
    "fairness_report": FairnessReport,
    "definitions": Definitions,
    "open_data": OpenData,
    "error": Error,
}
