CREATE TABLE action (
	id BIGSERIAL NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	verb TEXT NOT NULL,
	sentence TEXT NOT NULL,
	reason TEXT NOT NULL,
	reverts_id BIGINT,
	reverted BOOLEAN NOT NULL,
	CONSTRAINT pk_action PRIMARY KEY (id),
	CONSTRAINT fk_action_reverts_id FOREIGN KEY(reverts_id) REFERENCES action (id)
)

CREATE TABLE actor (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	generic BOOLEAN,
	country TEXT,
	role_title TEXT,
	wikidata_id TEXT,
	notes TEXT,
	name_key TEXT,
	merged_into_id BIGINT,
	CONSTRAINT pk_actor PRIMARY KEY (id),
	CONSTRAINT fk_actor_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES actor (id)
)

CREATE INDEX ix_actor_country_name_key ON actor (country NULLS FIRST, name_key NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_actor_kind_name_key ON actor (kind NULLS FIRST, name_key NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_actor_name_key ON actor (name_key NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_actor_uid ON actor (uid)

CREATE TABLE batch (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	profile TEXT,
	dataset TEXT,
	release TEXT,
	action BIGINT,
	file_name TEXT,
	file_sha256 TEXT,
	encoding TEXT,
	delimiter TEXT,
	started TEXT,
	finished TEXT,
	"new" BIGINT,
	changed BIGINT,
	same BIGINT,
	gone BIGINT,
	rejected BIGINT,
	report JSON,
	CONSTRAINT pk_batch PRIMARY KEY (id)
)

CREATE UNIQUE INDEX uq_batch_uid ON batch (uid)

CREATE TABLE saved_view (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	name TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	filter TEXT,
	columns JSON,
	sort TEXT,
	key TEXT,
	CONSTRAINT pk_saved_view PRIMARY KEY (id)
)

CREATE UNIQUE INDEX uq_saved_view_uid ON saved_view (uid)

CREATE TABLE source (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	title TEXT NOT NULL,
	kind TEXT NOT NULL,
	publisher TEXT,
	author TEXT,
	url TEXT,
	language TEXT,
	published_words TEXT,
	published_edtf TEXT,
	published_earliest TEXT,
	published_latest TEXT,
	published_precision TEXT,
	published_basis TEXT,
	published_anchor_id BIGINT,
	accessed_at TEXT,
	reliability TEXT,
	queue TEXT,
	supersedes_id BIGINT,
	coder TEXT,
	notes TEXT,
	sha256 TEXT,
	text TEXT,
	CONSTRAINT pk_source PRIMARY KEY (id),
	CONSTRAINT fk_source_published_anchor_id FOREIGN KEY(published_anchor_id) REFERENCES source (id),
	CONSTRAINT fk_source_supersedes_id FOREIGN KEY(supersedes_id) REFERENCES source (id)
)

CREATE INDEX ix_source_published_earliest_published_latest ON source (published_earliest NULLS FIRST, published_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_source_queue ON source (queue NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_source_sha256 ON source (sha256 NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_source_uid ON source (uid)

CREATE TABLE tag (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	name TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	of_id BIGINT NOT NULL,
	CONSTRAINT pk_tag PRIMARY KEY (id)
)

CREATE INDEX ix_tag_of_kind_of_id ON tag (of_kind NULLS FIRST, of_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_tag_name_of_kind_of_id ON tag (name, of_kind, of_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_tag_uid ON tag (uid)

CREATE TABLE actor_name (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	actor_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT,
	language TEXT,
	disputed BOOLEAN,
	name_key TEXT,
	CONSTRAINT pk_actor_name PRIMARY KEY (id),
	CONSTRAINT fk_actor_name_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)

CREATE INDEX ix_actor_name_actor_id ON actor_name (actor_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_actor_name_name_key_actor_id ON actor_name (name_key NULLS FIRST, actor_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_actor_name_uid ON actor_name (uid)

CREATE TABLE evidence (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	source_id BIGINT NOT NULL,
	start BIGINT NOT NULL,
	"end" BIGINT NOT NULL,
	exact TEXT,
	prefix TEXT,
	suffix TEXT,
	role TEXT,
	verdict TEXT,
	CONSTRAINT pk_evidence PRIMARY KEY (id),
	CONSTRAINT fk_evidence_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)

CREATE INDEX ix_evidence_source_id_start ON evidence (source_id NULLS FIRST, start NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_evidence_uid ON evidence (uid)

CREATE TABLE incident (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	title TEXT NOT NULL,
	category TEXT NOT NULL,
	nature TEXT,
	status TEXT NOT NULL,
	date_words TEXT,
	date_edtf TEXT,
	date_earliest TEXT,
	date_latest TEXT,
	date_precision TEXT,
	date_basis TEXT,
	date_anchor_id BIGINT,
	place_words TEXT,
	place_name TEXT,
	country TEXT,
	admin1 TEXT,
	admin2 TEXT,
	lat FLOAT,
	lon FLOAT,
	geo_precision TEXT,
	weapon TEXT,
	target_kind TEXT,
	killed_low BIGINT,
	killed_best BIGINT,
	killed_high BIGINT,
	wounded_low BIGINT,
	wounded_best BIGINT,
	wounded_high BIGINT,
	claim_status TEXT,
	aggregate BOOLEAN,
	summary TEXT,
	parent_id BIGINT,
	review TEXT,
	coder TEXT,
	dataset TEXT,
	external_id TEXT,
	release TEXT,
	gone TEXT,
	CONSTRAINT pk_incident PRIMARY KEY (id),
	CONSTRAINT fk_incident_date_anchor_id FOREIGN KEY(date_anchor_id) REFERENCES source (id),
	CONSTRAINT fk_incident_parent_id FOREIGN KEY(parent_id) REFERENCES incident (id)
)

CREATE INDEX ix_incident_category_date_earliest_date_latest ON incident (category NULLS FIRST, date_earliest NULLS FIRST, date_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_coalesce ON incident (coalesce(killed_best, killed_low) NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_country_date_earliest_date_latest ON incident (country NULLS FIRST, date_earliest NULLS FIRST, date_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_date_earliest_date_latest ON incident (date_earliest NULLS FIRST, date_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_parent_id ON incident (parent_id NULLS FIRST, id) WHERE deleted_at IS NULL AND parent_id IS NOT NULL

CREATE INDEX ix_incident_status_date_earliest_date_latest ON incident (status NULLS FIRST, date_earliest NULLS FIRST, date_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_title ON incident (title NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_dataset_external_id ON incident (dataset, external_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_uid ON incident (uid)

CREATE TABLE relation (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	from_actor_id BIGINT NOT NULL,
	type TEXT NOT NULL,
	to_actor_id BIGINT NOT NULL,
	detail TEXT,
	held_words TEXT,
	held_edtf TEXT,
	held_earliest TEXT,
	held_latest TEXT,
	held_precision TEXT,
	held_basis TEXT,
	held_anchor_id BIGINT,
	asserted_by_id BIGINT,
	hedge TEXT,
	confidence BIGINT,
	CONSTRAINT pk_relation PRIMARY KEY (id),
	CONSTRAINT fk_relation_from_actor_id FOREIGN KEY(from_actor_id) REFERENCES actor (id),
	CONSTRAINT fk_relation_to_actor_id FOREIGN KEY(to_actor_id) REFERENCES actor (id),
	CONSTRAINT fk_relation_held_anchor_id FOREIGN KEY(held_anchor_id) REFERENCES source (id),
	CONSTRAINT fk_relation_asserted_by_id FOREIGN KEY(asserted_by_id) REFERENCES actor (id)
)

CREATE INDEX ix_relation_asserted_by_id ON relation (asserted_by_id NULLS FIRST, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_relation_from_actor_id ON relation (from_actor_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_relation_to_actor_id ON relation (to_actor_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_relation_uid ON relation (uid)

CREATE TABLE revision (
	id BIGSERIAL NOT NULL,
	action_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	record_id BIGINT NOT NULL,
	uid TEXT NOT NULL,
	op TEXT NOT NULL,
	version INTEGER NOT NULL,
	changes JSON NOT NULL,
	CONSTRAINT pk_revision PRIMARY KEY (id),
	CONSTRAINT fk_revision_action_id FOREIGN KEY(action_id) REFERENCES action (id)
)

CREATE INDEX ix_revision_action ON revision (action_id)

CREATE INDEX ix_revision_record ON revision (kind, record_id, id)

CREATE TABLE statement (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	speaker_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	mode TEXT NOT NULL,
	quote TEXT,
	paraphrase TEXT,
	said_words TEXT,
	said_edtf TEXT,
	said_earliest TEXT,
	said_latest TEXT,
	said_precision TEXT,
	said_basis TEXT,
	said_anchor_id BIGINT,
	venue TEXT,
	conditional BOOLEAN,
	negated BOOLEAN,
	source_id BIGINT,
	repeats_id BIGINT,
	cameo TEXT,
	plover TEXT,
	notes TEXT,
	review TEXT,
	coder TEXT,
	CONSTRAINT pk_statement PRIMARY KEY (id),
	CONSTRAINT fk_statement_speaker_id FOREIGN KEY(speaker_id) REFERENCES actor (id),
	CONSTRAINT fk_statement_said_anchor_id FOREIGN KEY(said_anchor_id) REFERENCES source (id),
	CONSTRAINT fk_statement_source_id FOREIGN KEY(source_id) REFERENCES source (id),
	CONSTRAINT fk_statement_repeats_id FOREIGN KEY(repeats_id) REFERENCES statement (id)
)

CREATE INDEX ix_statement_kind_said_earliest_said_latest ON statement (kind NULLS FIRST, said_earliest NULLS FIRST, said_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_statement_repeats_id ON statement (repeats_id NULLS FIRST, id) WHERE deleted_at IS NULL AND repeats_id IS NOT NULL

CREATE INDEX ix_statement_said_earliest_said_latest ON statement (said_earliest NULLS FIRST, said_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_statement_source_id ON statement (source_id NULLS FIRST, id) WHERE deleted_at IS NULL AND source_id IS NOT NULL

CREATE INDEX ix_statement_speaker_id_said_earliest_said_latest ON statement (speaker_id NULLS FIRST, said_earliest NULLS FIRST, said_latest NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_uid ON statement (uid)

CREATE TABLE suggestion (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	source_id BIGINT NOT NULL,
	text_sha256 TEXT NOT NULL,
	kind TEXT NOT NULL,
	spans JSON,
	value JSON,
	confidence FLOAT,
	reason TEXT,
	rule TEXT,
	engine_version TEXT,
	status TEXT NOT NULL,
	decided_by TEXT,
	decided_at TEXT,
	made_uid TEXT,
	CONSTRAINT pk_suggestion PRIMARY KEY (id),
	CONSTRAINT fk_suggestion_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)

CREATE INDEX ix_suggestion_source_id_status ON suggestion (source_id NULLS FIRST, status NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_suggestion_uid ON suggestion (uid)

CREATE TABLE imported (
	incident_id BIGINT NOT NULL,
	fingerprint BIGINT NOT NULL,
	CONSTRAINT pk_imported PRIMARY KEY (incident_id),
	CONSTRAINT fk_imported_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id)
)

CREATE TABLE incident_link (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	a_id BIGINT NOT NULL,
	type TEXT NOT NULL,
	b_id BIGINT NOT NULL,
	asserted_by_id BIGINT,
	CONSTRAINT pk_incident_link PRIMARY KEY (id),
	CONSTRAINT fk_incident_link_a_id FOREIGN KEY(a_id) REFERENCES incident (id),
	CONSTRAINT fk_incident_link_b_id FOREIGN KEY(b_id) REFERENCES incident (id),
	CONSTRAINT fk_incident_link_asserted_by_id FOREIGN KEY(asserted_by_id) REFERENCES actor (id)
)

CREATE INDEX ix_incident_link_a_id ON incident_link (a_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_link_asserted_by_id ON incident_link (asserted_by_id NULLS FIRST, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_incident_link_b_id ON incident_link (b_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_link_uid ON incident_link (uid)

CREATE TABLE incident_source (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	incident_id BIGINT NOT NULL,
	source_id BIGINT NOT NULL,
	CONSTRAINT pk_incident_source PRIMARY KEY (id),
	CONSTRAINT fk_incident_source_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
	CONSTRAINT fk_incident_source_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)

CREATE INDEX ix_incident_source_source_id_incident_id ON incident_source (source_id NULLS FIRST, incident_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_source_incident_id_source_id ON incident_source (incident_id, source_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_source_uid ON incident_source (uid)

CREATE TABLE involvement (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	incident_id BIGINT NOT NULL,
	actor_id BIGINT NOT NULL,
	role TEXT NOT NULL,
	asserted_by_id BIGINT,
	statement_id BIGINT,
	source_id BIGINT,
	stance TEXT NOT NULL,
	hedge TEXT,
	hedge_words TEXT,
	basis TEXT,
	credibility BIGINT,
	adopted BOOLEAN,
	notes TEXT,
	CONSTRAINT pk_involvement PRIMARY KEY (id),
	CONSTRAINT fk_involvement_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
	CONSTRAINT fk_involvement_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id),
	CONSTRAINT fk_involvement_asserted_by_id FOREIGN KEY(asserted_by_id) REFERENCES actor (id),
	CONSTRAINT fk_involvement_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_involvement_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)

CREATE INDEX ix_involvement_actor_id_role_incident_id ON involvement (actor_id NULLS FIRST, role NULLS FIRST, incident_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_involvement_asserted_by_id_stance_incident_id ON involvement (asserted_by_id NULLS FIRST, stance NULLS FIRST, incident_id NULLS FIRST, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_involvement_incident_id_role ON involvement (incident_id NULLS FIRST, role NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_involvement_source_id ON involvement (source_id NULLS FIRST, id) WHERE deleted_at IS NULL AND source_id IS NOT NULL

CREATE INDEX ix_involvement_statement_id ON involvement (statement_id NULLS FIRST, id) WHERE deleted_at IS NULL AND statement_id IS NOT NULL

CREATE UNIQUE INDEX uq_involvement_uid ON involvement (uid)

CREATE TABLE statement_actor (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	statement_id BIGINT NOT NULL,
	actor_id BIGINT NOT NULL,
	role TEXT NOT NULL,
	CONSTRAINT pk_statement_actor PRIMARY KEY (id),
	CONSTRAINT fk_statement_actor_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_statement_actor_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)

CREATE INDEX ix_statement_actor_actor_id_role_statement_id ON statement_actor (actor_id NULLS FIRST, role NULLS FIRST, statement_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_actor_statement_id_actor_id_role ON statement_actor (statement_id, actor_id, role) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_actor_uid ON statement_actor (uid)

CREATE TABLE statement_incident (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	statement_id BIGINT NOT NULL,
	incident_id BIGINT NOT NULL,
	CONSTRAINT pk_statement_incident PRIMARY KEY (id),
	CONSTRAINT fk_statement_incident_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_statement_incident_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id)
)

CREATE INDEX ix_statement_incident_incident_id_statement_id ON statement_incident (incident_id NULLS FIRST, statement_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_incident_statement_id_incident_id ON statement_incident (statement_id, incident_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_incident_uid ON statement_incident (uid)

CREATE TABLE tally (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	incident_id BIGINT NOT NULL,
	measure TEXT NOT NULL,
	whom TEXT,
	low BIGINT,
	best BIGINT,
	high BIGINT,
	words TEXT,
	asserted_by_id BIGINT,
	statement_id BIGINT,
	source_id BIGINT,
	adopted BOOLEAN,
	CONSTRAINT pk_tally PRIMARY KEY (id),
	CONSTRAINT fk_tally_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
	CONSTRAINT fk_tally_asserted_by_id FOREIGN KEY(asserted_by_id) REFERENCES actor (id),
	CONSTRAINT fk_tally_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_tally_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)

CREATE INDEX ix_tally_asserted_by_id ON tally (asserted_by_id NULLS FIRST, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_tally_incident_id_measure ON tally (incident_id NULLS FIRST, measure NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_tally_source_id ON tally (source_id NULLS FIRST, id) WHERE deleted_at IS NULL AND source_id IS NOT NULL

CREATE INDEX ix_tally_statement_id ON tally (statement_id NULLS FIRST, id) WHERE deleted_at IS NULL AND statement_id IS NOT NULL

CREATE UNIQUE INDEX uq_tally_uid ON tally (uid)

CREATE TABLE citation (
	id BIGSERIAL NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id BIGINT,
	extra JSON,
	evidence_id BIGINT NOT NULL,
	incident_id BIGINT,
	actor_id BIGINT,
	statement_id BIGINT,
	involvement_id BIGINT,
	tally_id BIGINT,
	relation_id BIGINT,
	field TEXT,
	CONSTRAINT pk_citation PRIMARY KEY (id),
	CONSTRAINT ck_citation_1 CHECK ((CASE WHEN incident_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN involvement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN tally_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN relation_id IS NULL THEN 0 ELSE 1 END) = 1),
	CONSTRAINT fk_citation_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
	CONSTRAINT fk_citation_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
	CONSTRAINT fk_citation_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id),
	CONSTRAINT fk_citation_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_citation_involvement_id FOREIGN KEY(involvement_id) REFERENCES involvement (id),
	CONSTRAINT fk_citation_tally_id FOREIGN KEY(tally_id) REFERENCES tally (id),
	CONSTRAINT fk_citation_relation_id FOREIGN KEY(relation_id) REFERENCES relation (id)
)

CREATE INDEX ix_citation_actor_id ON citation (actor_id NULLS FIRST, id) WHERE deleted_at IS NULL AND actor_id IS NOT NULL

CREATE INDEX ix_citation_evidence_id ON citation (evidence_id NULLS FIRST, id) WHERE deleted_at IS NULL

CREATE INDEX ix_citation_incident_id ON citation (incident_id NULLS FIRST, id) WHERE deleted_at IS NULL AND incident_id IS NOT NULL

CREATE INDEX ix_citation_involvement_id ON citation (involvement_id NULLS FIRST, id) WHERE deleted_at IS NULL AND involvement_id IS NOT NULL

CREATE INDEX ix_citation_relation_id ON citation (relation_id NULLS FIRST, id) WHERE deleted_at IS NULL AND relation_id IS NOT NULL

CREATE INDEX ix_citation_statement_id ON citation (statement_id NULLS FIRST, id) WHERE deleted_at IS NULL AND statement_id IS NOT NULL

CREATE INDEX ix_citation_tally_id ON citation (tally_id NULLS FIRST, id) WHERE deleted_at IS NULL AND tally_id IS NOT NULL

CREATE UNIQUE INDEX uq_citation_uid ON citation (uid)

CREATE FUNCTION tracker_words(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(regexp_replace(
    regexp_replace(normalize(lower(value), NFKD), E'[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'), 250000)
$$

ALTER TABLE source ADD COLUMN document tsvector GENERATED ALWAYS AS (to_tsvector('simple', tracker_words(coalesce(title, '') || ' ' || coalesce(publisher, '') || ' ' || coalesce(text, '')))) STORED

CREATE INDEX ix_source_document ON source USING gin (document)

ALTER TABLE actor ADD COLUMN document tsvector GENERATED ALWAYS AS (to_tsvector('simple', tracker_words(coalesce(name, '') || ' ' || coalesce(role_title, '') || ' ' || coalesce(notes, '')))) STORED

CREATE INDEX ix_actor_document ON actor USING gin (document)

ALTER TABLE actor_name ADD COLUMN document tsvector GENERATED ALWAYS AS (to_tsvector('simple', tracker_words(coalesce(name, '')))) STORED

CREATE INDEX ix_actor_name_document ON actor_name USING gin (document)

ALTER TABLE incident ADD COLUMN document tsvector GENERATED ALWAYS AS (to_tsvector('simple', tracker_words(coalesce(title, '') || ' ' || coalesce(place_words, '') || ' ' || coalesce(place_name, '') || ' ' || coalesce(admin1, '') || ' ' || coalesce(admin2, '') || ' ' || coalesce(weapon, '') || ' ' || coalesce(summary, '')))) STORED

CREATE INDEX ix_incident_document ON incident USING gin (document)

ALTER TABLE statement ADD COLUMN document tsvector GENERATED ALWAYS AS (to_tsvector('simple', tracker_words(coalesce(quote, '') || ' ' || coalesce(paraphrase, '')))) STORED

CREATE INDEX ix_statement_document ON statement USING gin (document)
