"""Rows as columns: what is picked out of them is copied column by column, and only where somebody looks."""

from collections.abc import Iterator, Mapping
from typing import Any, overload

import numpy as np


class Rows:
    """A table of some hundred thousand rows: ``rows["hour"]`` is a column, ``rows[fits]`` are those that fit.

    ``rows[begin:end]`` are those from one place to another; nothing of them is copied.
    Records that lie one behind another, as a kept sheet has them, would be copied whole by every choice among them,
    and read with a step by every count.
    """

    def __init__(self, columns: Mapping[str, np.ndarray], size: int) -> None:
        """``columns``: all of one length, which is ``size``."""
        self._columns, self._size = dict(columns), size
        self.names = tuple(columns)
        self._of: Rows | None = None
        self._at: Any = None
        self._order: np.ndarray | None = None

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, key: str) -> np.ndarray: ...
    @overload
    def __getitem__(self, key: np.ndarray | slice) -> "Rows": ...
    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self._column(key)
        if isinstance(key, slice):
            places, size = key, len(range(*key.indices(self._size)))
        else:
            places = np.flatnonzero(key).astype("u4") if key.dtype == bool else key
            size = len(places)
        picked = Rows({}, size)
        picked.names, picked._of, picked._at = self.names, self, places
        return picked

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("rows are read by their columns")

    def _column(self, name: str) -> np.ndarray:
        found = self._columns.get(name)
        if found is None:
            if self._of is None:
                raise KeyError(name)
            found = self._columns[name] = self._of[name][self._at]
        return found

    def with_column(self, name: str, column: np.ndarray) -> "Rows":
        """The same rows with another column in the place of one."""
        return Rows({one: self[one] for one in self.names} | {name: column}, self._size)

    def by_seconds(self) -> np.ndarray:
        """The places of the rows, the shortest first."""
        if self._order is None:
            self._order = np.argsort(self["seconds"]).astype("u4")
        return self._order


def among(column: np.ndarray, places: Any) -> np.ndarray:
    """Which values of a column of places are among these."""
    wanted = np.zeros(256 if column.dtype.itemsize == 1 else 65536, bool)
    wanted[[*places]] = True
    found: np.ndarray = wanted[column]
    return found
