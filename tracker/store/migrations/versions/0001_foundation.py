"""Foundation: the record tables, the history and the full text."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the statements for this engine; a blank line ends each."""
    dialect = op.get_bind().dialect.name
    script = Path(__file__).with_name(f"{revision}_foundation.{dialect}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement.strip().replace("%", "%%") if dialect != "sqlite" else statement)
