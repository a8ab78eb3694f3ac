"""Let the board and the search read only what they count.

The service, the region and the end stand beside the case, and its unit beside its clocks, moves and
ratings. A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, fill them from what stands, make the indexes."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for index in ("ix_case_queue", "ix_case_opened"):
        op.drop_index(index, "case")
    op.add_column("case", sa.Column("service", sa.String(40), nullable=False, server_default=""))
    op.add_column("case", sa.Column("region", sa.String(20), nullable=False, server_default=""))
    op.add_column("case", sa.Column("ended_at", sa.DateTime(timezone=True)))
    told = "json_extract(disclosed, '$.%s')" if is_sqlite else "CAST(disclosed AS json)->>'%s'"
    ended = "('closed', 'rejected', 'merged')"
    last = '(SELECT max(at) FROM move WHERE move."case" = "case".id AND to_state IN ' + ended + ")"  # noqa: S608
    _fill(
        "case",
        service=told % "service",
        region=told % "region",
        ended_at=f"CASE WHEN state IN {ended} THEN {last} END",
    )
    for table in ("clock", "move", "rating"):
        op.add_column(table, sa.Column("unit", sa.String(80), nullable=False, server_default=""))
        _fill(table, unit=f'(SELECT unit FROM "case" WHERE "case".id = {table}."case")')  # noqa: S608
    _index("ix_case_queue", "case", "unit due_at id",
           include="state holder priority opened_at service region number")  # fmt: skip
    _index("ix_case_service", "case", "unit service opened_at")
    _index("ix_case_ended", "case", "unit ended_at id", where="ended_at IS NOT NULL")
    _index("ix_clock_stopped", "clock", "unit stopped_at",
           where="stopped_at IS NOT NULL", include="case name breached_at")  # fmt: skip
    _index("ix_clock_breached", "clock", "unit breached_at",
           where="breached_at IS NOT NULL", include="case name")  # fmt: skip
    _index("ix_move_unit", "move", "unit to_state at case")
    _index("ix_rating_unit", "rating", "unit at")


def _fill(table: str, **values: str) -> None:
    """Set columns of every row to what an SQL expression says."""
    named = sa.table(table, *(sa.column(name) for name in values))
    op.execute(named.update().values({n: sa.literal_column(sql) for n, sql in values.items()}))


def _index(name: str, table: str, columns: str, *, where: str = "", include: str = "") -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        name,
        table,
        columns.split(),
        sqlite_where=condition,
        postgresql_where=condition,
        postgresql_include=include.split() or None,
    )
