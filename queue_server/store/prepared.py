"""Prepared statements: written once in SQLAlchemy's words, compiled once, then handed to SQLite's driver as they are.

At each execution SQLAlchemy works out anew what is the same every time: a third of what an issue cost the processor
(``decisions.md``, Speed). Connection, transaction, the words for errors and who listens to statements stay its own.
PostgreSQL, where an answer is a journey through the network, is asked through it as ever.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError

Asked = Connection | Engine  # in the transaction at hand; or by itself, which for one statement is a snapshot, too
Values = Mapping[str, Any]
Rows = Sequence[Any]  # each to be unpacked, or read by position
_Process = Callable[[Any], Any] | None  # None: the driver takes and gives the value as it is


class _Compiled:
    """A statement as one set of values is sent with it: its text, how each value goes in, how each column comes out."""

    def __init__(self, statement: Any, dialect: Dialect, names: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        self.text = str(compiled)
        if "POSTCOMPILE" in self.text:
            raise ValueError(f"a list of any length is written into it anew each time: {self.text}")
        binds = [(name, compiled.binds[name]) for name in compiled.positiontup]
        processes = [bind.type.dialect_impl(dialect).bind_processor(dialect) for _, bind in binds]
        self._binds: list[tuple[str | None, _Process, Any]] = [
            (name, process, None) if bind.required else (None, None, process(bind.value) if process else bind.value)
            for (name, bind), process in zip(binds, processes, strict=True)
        ]
        columns = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
        reads = [column.result_processor(dialect, None) for column in columns]
        self._reads: list[_Process] = reads if any(reads) else []

    def parameters(self, values: Values) -> list[Any]:
        """The values in the order in which they stand in the text."""
        return [
            fixed if name is None else values[name] if process is None else process(values[name])
            for name, process, fixed in self._binds
        ]

    def read(self, rows: list[Any]) -> Rows:
        """The rows with our own values in them."""
        if not rows or not self._reads:
            return rows
        reads = self._reads
        return [
            [value if read is None else read(value) for value, read in zip(row, reads, strict=True)] for row in rows
        ]


class Prepared:
    """A statement of the hot path. The names of an INSERT's or an UPDATE's columns are those of its values."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}  # for SQLite

    def rows(self, asked: Asked, values: Values) -> Rows:
        """All rows that it finds, or returns."""
        if isinstance(asked, Engine):
            return self._alone(asked, values)
        if asked.dialect.name != "sqlite":
            return asked.execute(self.statement, values).all()
        return self._inside(asked, values)[1]

    def first(self, asked: Asked, values: Values) -> Any:
        """The first row; None if there is none."""
        found = self.rows(asked, values)
        return found[0] if found else None

    def run(self, conn: Connection, values: Values) -> int:
        """Carry it out; how many rows it touched."""
        if conn.dialect.name != "sqlite":
            return conn.execute(self.statement, values).rowcount
        return self._inside(conn, values)[0]

    def _inside(self, conn: Connection, values: Values) -> tuple[int, Rows]:
        if not conn.in_transaction():
            conn.begin()  # as SQLAlchemy does by itself
        return self._send(conn, conn.engine, conn.connection.dbapi_connection, values)

    def _alone(self, engine: Engine, values: Values) -> Rows:
        if engine.dialect.name != "sqlite":
            with engine.connect() as conn:
                return self.rows(conn, values)
        pooled = engine.raw_connection()
        try:
            return self._send(None, engine, pooled.dbapi_connection, values)[1]
        finally:
            pooled.close()

    def _send(self, conn: Connection | None, engine: Engine, dbapi: Any, values: Values) -> tuple[int, Rows]:
        compiled = self._compiled.get(names := tuple(values)) or self._compile(engine.dialect, names)
        text, parameters, driver = compiled.text, compiled.parameters(values), engine.dialect.loaded_dbapi
        cursor = dbapi.cursor()
        for listener in engine.dispatch.before_cursor_execute:
            listener(conn, cursor, text, tuple(parameters), None, False)
        try:
            cursor.execute(text, parameters)
            return cursor.rowcount, compiled.read(cursor.fetchall())
        except driver.Error as error:
            cursor.close()
            raise DBAPIError.instance(text, parameters, error, driver.Error, dialect=engine.dialect) from error

    def _compile(self, dialect: Dialect, names: tuple[str, ...]) -> _Compiled:
        made = self._compiled[names] = _Compiled(self.statement, dialect, sorted(names))
        return made
