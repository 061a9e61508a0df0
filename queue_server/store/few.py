"""A look for few events among very many: found in an index alone (``FEW``), then looked up (``SAME``).

Asked for whole rows at once, SQLite would walk its primary key through every event that the site ever had.
"""

from .schema import event

_e = event.c
FEW = event.alias("few")
few = FEW.c
SAME = (few.site == _e.site) & (few.epoch == _e.epoch) & (few.revision == _e.revision) & (few.n == _e.n)
