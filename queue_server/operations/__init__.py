"""What technicians do to a hall's data: back it up, put it back, ask whether all is well."""

from . import backup, checks, damage, doctor, keeping, left_behind, presence, restore

__all__ = ["backup", "checks", "damage", "doctor", "keeping", "left_behind", "presence", "restore"]
