"""Keep requests for a reporter's name and their answers, whose rows never change.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0033"
branch_labels = None
depends_on = None

STANDING = ("name_request", "name_answer")


def _place(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("round", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name=f"fk_{table}_case"),
    ]


def upgrade() -> None:
    """Create the tables, and let the database refuse what would rewrite two of them."""
    time = sa.DateTime(timezone=True)
    op.create_table(
        "name_request",
        *_place("name_request"),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("keeper", sa.String(80), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("asked_by", sa.String(36), nullable=False),
        sa.Column("asked_at", time, nullable=False),
        sa.Column("due_at", time, nullable=False),
        sa.PrimaryKeyConstraint("case", "round", name="pk_name_request"),
    )
    op.create_index("ix_name_request_keeper", "name_request", ["keeper", "due_at"])
    op.create_table(
        "name_answer",
        *_place("name_answer"),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("by", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("case", "round", name="pk_name_answer"),
    )
    op.create_table(
        "name_file",
        *_place("name_file"),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("file", sa.LargeBinary, nullable=False),
        sa.Column("until", time, nullable=False),
        sa.PrimaryKeyConstraint("case", "round", "kind", name="pk_name_file"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for table in STANDING:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_stands_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'a row of this table is never changed'); END"
            )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a row of this table is never changed'; END $$"
    )
    for table in STANDING:
        op.execute(
            f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION never_changed()"
        )
