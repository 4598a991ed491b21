"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_alias",
        sa.Column("old_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_event_alias")),
    )
    op.create_index(op.f("ix_event_alias_event_id"), "event_alias", ["event_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("parent_key", sa.String(), nullable=True),
        sa.Column("water_key", sa.String(), nullable=True),
        sa.Column("waters", sa.String(), nullable=True),
        sa.Column("unlocode", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["parent_key"], ["place.key"], name=op.f("fk_place_parent_key")),
        sa.ForeignKeyConstraint(["water_key"], ["place.key"], name=op.f("fk_place_water_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_place")),
    )
    op.create_index(op.f("ix_place_parent_key"), "place", ["parent_key"], unique=False)
    op.create_index(op.f("ix_place_water_key"), "place", ["water_key"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_target_id"), "review", ["target_id"], unique=False)
    op.create_table(
        "source",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reliability", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_source")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("archive_url", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.String(), nullable=True),
        sa.Column("retrieved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("based_on", sa.String(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page_starts", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_document_source_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_published"), "document", ["published"], unique=False)
    op.create_index(op.f("ix_document_source_key"), "document", ["source_key"], unique=False)
    op.create_table(
        "place_alias",
        sa.Column("place_key", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["place_key"], ["place.key"], name=op.f("fk_place_alias_place_key")),
        sa.PrimaryKeyConstraint("place_key", "alias", name=op.f("pk_place_alias")),
    )
    op.create_index(op.f("ix_place_alias_folded"), "place_alias", ["folded"], unique=False)
    op.create_table(
        "vessel",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=True),
        sa.Column("project", sa.String(), nullable=True),
        sa.Column("hull", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("native_name", sa.String(), nullable=True),
        sa.Column("prefix", sa.String(), nullable=True),
        sa.Column("operator", sa.String(), nullable=True),
        sa.Column("fleet", sa.String(), nullable=True),
        sa.Column("home_port_key", sa.String(), nullable=True),
        sa.Column("commissioned", sa.Integer(), nullable=True),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("imo", sa.String(), nullable=True),
        sa.Column("mmsi", sa.String(), nullable=True),
        sa.Column("in_register", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["home_port_key"], ["place.key"], name=op.f("fk_vessel_home_port_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_vessel")),
    )
    op.create_index(op.f("ix_vessel_country"), "vessel", ["country"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("vessel_key", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("act_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("place_key", sa.String(), nullable=True),
        sa.Column("origin_key", sa.String(), nullable=True),
        sa.Column("destination_key", sa.String(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=True),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("edtf", sa.String(), nullable=True),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("hedge", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("mention", sa.String(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["destination_key"], ["place.key"], name=op.f("fk_claim_destination_key")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_claim_document_id")),
        sa.ForeignKeyConstraint(["origin_key"], ["place.key"], name=op.f("fk_claim_origin_key")),
        sa.ForeignKeyConstraint(["place_key"], ["place.key"], name=op.f("fk_claim_place_key")),
        sa.ForeignKeyConstraint(["vessel_key"], ["vessel.key"], name=op.f("fk_claim_vessel_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_act_id"), "claim", ["act_id"], unique=False)
    op.create_index(op.f("ix_claim_document_id"), "claim", ["document_id"], unique=False)
    op.create_index(op.f("ix_claim_event_id"), "claim", ["event_id"], unique=False)
    op.create_index(op.f("ix_claim_vessel_key"), "claim", ["vessel_key"], unique=False)
    op.create_table(
        "position",
        sa.Column("mmsi", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vessel_key", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("speed_kn", sa.Float(), nullable=True),
        sa.Column("course_deg", sa.Float(), nullable=True),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_position_source_key")),
        sa.ForeignKeyConstraint(["vessel_key"], ["vessel.key"], name=op.f("fk_position_vessel_key")),
        sa.PrimaryKeyConstraint("mmsi", "at", name=op.f("pk_position")),
    )
    op.create_index(op.f("ix_position_vessel_key"), "position", ["vessel_key"], unique=False)
    op.create_table(
        "vessel_alias",
        sa.Column("vessel_key", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vessel_key"], ["vessel.key"], name=op.f("fk_vessel_alias_vessel_key")),
        sa.PrimaryKeyConstraint("vessel_key", "alias", name=op.f("pk_vessel_alias")),
    )
    op.create_index(op.f("ix_vessel_alias_folded"), "vessel_alias", ["folded"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("vessel_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("place_key", sa.String(), nullable=True),
        sa.Column("origin_key", sa.String(), nullable=True),
        sa.Column("destination_key", sa.String(), nullable=True),
        sa.Column("start_day", sa.Date(), nullable=True),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("edtf", sa.String(), nullable=True),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("hedge", sa.String(), nullable=True),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("claim_count", sa.Integer(), nullable=False),
        sa.Column("root_count", sa.Integer(), nullable=False),
        sa.Column("lead_claim_id", sa.String(), nullable=False),
        sa.Column("first_published", sa.Date(), nullable=True),
        sa.Column("last_published", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["destination_key"], ["place.key"], name=op.f("fk_event_destination_key")),
        sa.ForeignKeyConstraint(["lead_claim_id"], ["claim.id"], name=op.f("fk_event_lead_claim_id")),
        sa.ForeignKeyConstraint(["origin_key"], ["place.key"], name=op.f("fk_event_origin_key")),
        sa.ForeignKeyConstraint(["place_key"], ["place.key"], name=op.f("fk_event_place_key")),
        sa.ForeignKeyConstraint(["vessel_key"], ["vessel.key"], name=op.f("fk_event_vessel_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_destination_key"), "event", ["destination_key"], unique=False)
    op.create_index("ix_event_end", "event", ["end_day", "id"], unique=False)
    op.create_index(op.f("ix_event_lead_claim_id"), "event", ["lead_claim_id"], unique=False)
    op.create_index(op.f("ix_event_origin_key"), "event", ["origin_key"], unique=False)
    op.create_index(op.f("ix_event_place_key"), "event", ["place_key"], unique=False)
    op.create_index("ix_event_vessel_latest", "event", ["vessel_key", "end_day", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_event_vessel_latest", table_name="event")
    op.drop_index(op.f("ix_event_place_key"), table_name="event")
    op.drop_index(op.f("ix_event_origin_key"), table_name="event")
    op.drop_index(op.f("ix_event_lead_claim_id"), table_name="event")
    op.drop_index("ix_event_end", table_name="event")
    op.drop_index(op.f("ix_event_destination_key"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_vessel_alias_folded"), table_name="vessel_alias")
    op.drop_table("vessel_alias")
    op.drop_index(op.f("ix_position_vessel_key"), table_name="position")
    op.drop_table("position")
    op.drop_index(op.f("ix_claim_vessel_key"), table_name="claim")
    op.drop_index(op.f("ix_claim_event_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_document_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_act_id"), table_name="claim")
    op.drop_table("claim")
    op.drop_index(op.f("ix_vessel_country"), table_name="vessel")
    op.drop_table("vessel")
    op.drop_index(op.f("ix_place_alias_folded"), table_name="place_alias")
    op.drop_table("place_alias")
    op.drop_index(op.f("ix_document_source_key"), table_name="document")
    op.drop_index(op.f("ix_document_published"), table_name="document")
    op.drop_table("document")
    op.drop_table("source")
    op.drop_index(op.f("ix_review_target_id"), table_name="review")
    op.drop_table("review")
    op.drop_index(op.f("ix_place_water_key"), table_name="place")
    op.drop_index(op.f("ix_place_parent_key"), table_name="place")
    op.drop_table("place")
    op.drop_index(op.f("ix_event_alias_event_id"), table_name="event_alias")
    op.drop_table("event_alias")
