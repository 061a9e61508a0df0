"""The shapes of the documents that leave the house, each declared once.

Queries return them and the type checker holds queries to them; the OpenAPI, the AsyncAPI and the browser's types are
made from them.
"""

from .board import Beat, Board, Call, Calls, Queue
from .desk import Desk
from .figures import Today
from .hall import Hall
from .replies import Device, Error
from .site import Site, Sites
from .structure import Structure, StructureVersions
from .ticket import DeskTicket, Ticket

DOCUMENTS: dict[str, type] = {
    "ticket": Ticket,
    "board": Board,
    "call": Call,
    "calls": Calls,
    "queue": Queue,
    "desk": Desk,
    "desk_ticket": DeskTicket,
    "hall": Hall,
    "today": Today,
    "beat": Beat,
    "sites": Sites,
    "site": Site,
    "device": Device,
    "structure": Structure,
    "structure_versions": StructureVersions,
    "error": Error,
}
