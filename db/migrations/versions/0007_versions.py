"""Documents know of the versions of their page, and the store of the reports that were made from it."""

import sqlalchemy as sa
from alembic import op

from tracker.domain.versions import page_address

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OWN = ("text/x-spreadsheet-row", "application/jsonl")  # rows share the address of their source, posts may share that of their channel


def upgrade() -> None:
    op.add_column("document", sa.Column("address", sa.String(), nullable=True))
    op.add_column("document", sa.Column("known_from", sa.Date(), nullable=True))
    op.add_column("document", sa.Column("replaced_by", sa.String(), nullable=True))
    op.add_column("document", sa.Column("replaced_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_document_address"), "document", ["address"], unique=False)
    document = sa.table("document", sa.column("id"), sa.column("url"), sa.column("media_type"), sa.column("address"))
    db = op.get_bind()
    rows = db.execute(sa.select(document.c.id, document.c.url).where(document.c.url.is_not(None), document.c.media_type.not_in(OWN))).all()
    if found := [{"number": number, "page": page} for number, url in rows if (page := page_address(url))]:
        db.execute(sa.update(document).where(document.c.id == sa.bindparam("number")).values(address=sa.bindparam("page")), found)
    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )


def downgrade() -> None:
    op.drop_table("report")
    op.drop_index(op.f("ix_document_address"), table_name="document")
    for name in ("replaced_on", "replaced_by", "known_from", "address"):
        op.drop_column("document", name)
