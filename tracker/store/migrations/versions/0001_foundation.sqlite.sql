CREATE TABLE action (
	id INTEGER NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	verb TEXT NOT NULL,
	sentence TEXT NOT NULL,
	reason TEXT NOT NULL,
	reverts_id INTEGER,
	reverted BOOLEAN NOT NULL,
	CONSTRAINT pk_action PRIMARY KEY (id),
	CONSTRAINT fk_action_reverts_id FOREIGN KEY(reverts_id) REFERENCES action (id)
)

CREATE TABLE actor (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	generic BOOLEAN,
	country TEXT,
	role_title TEXT,
	wikidata_id TEXT,
	notes TEXT,
	name_key TEXT,
	merged_into_id INTEGER,
	CONSTRAINT pk_actor PRIMARY KEY (id),
	CONSTRAINT fk_actor_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES actor (id)
)

CREATE INDEX ix_actor_country_name_key ON actor (country, name_key, id) WHERE deleted_at IS NULL

CREATE INDEX ix_actor_kind_name_key ON actor (kind, name_key, id) WHERE deleted_at IS NULL

CREATE INDEX ix_actor_name_key ON actor (name_key, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_actor_uid ON actor (uid)

CREATE TABLE batch (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
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
	new BIGINT,
	changed BIGINT,
	same BIGINT,
	gone BIGINT,
	rejected BIGINT,
	report JSON,
	CONSTRAINT pk_batch PRIMARY KEY (id)
)

CREATE UNIQUE INDEX uq_batch_uid ON batch (uid)

CREATE TABLE saved_view (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	name TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	filter TEXT,
	columns JSON,
	sort TEXT,
	"key" TEXT,
	CONSTRAINT pk_saved_view PRIMARY KEY (id)
)

CREATE UNIQUE INDEX uq_saved_view_uid ON saved_view (uid)

CREATE TABLE source (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
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
	published_anchor_id INTEGER,
	accessed_at TEXT,
	reliability TEXT,
	queue TEXT,
	supersedes_id INTEGER,
	coder TEXT,
	notes TEXT,
	sha256 TEXT,
	text TEXT,
	CONSTRAINT pk_source PRIMARY KEY (id),
	CONSTRAINT fk_source_published_anchor_id FOREIGN KEY(published_anchor_id) REFERENCES source (id),
	CONSTRAINT fk_source_supersedes_id FOREIGN KEY(supersedes_id) REFERENCES source (id)
)

CREATE INDEX ix_source_published_earliest_published_latest ON source (published_earliest, published_latest, id) WHERE deleted_at IS NULL

CREATE INDEX ix_source_queue ON source (queue, id) WHERE deleted_at IS NULL

CREATE INDEX ix_source_sha256 ON source (sha256, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_source_uid ON source (uid)

CREATE TABLE tag (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	name TEXT NOT NULL,
	of_kind TEXT NOT NULL,
	of_id BIGINT NOT NULL,
	CONSTRAINT pk_tag PRIMARY KEY (id)
)

CREATE INDEX ix_tag_of_kind_of_id ON tag (of_kind, of_id, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_tag_name_of_kind_of_id ON tag (name, of_kind, of_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_tag_uid ON tag (uid)

CREATE TABLE actor_name (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	actor_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	kind TEXT,
	language TEXT,
	disputed BOOLEAN,
	name_key TEXT,
	CONSTRAINT pk_actor_name PRIMARY KEY (id),
	CONSTRAINT fk_actor_name_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)

CREATE INDEX ix_actor_name_actor_id ON actor_name (actor_id, id) WHERE deleted_at IS NULL

CREATE INDEX ix_actor_name_name_key_actor_id ON actor_name (name_key, actor_id, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_actor_name_uid ON actor_name (uid)

CREATE TABLE evidence (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	source_id INTEGER NOT NULL,
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

CREATE INDEX ix_evidence_source_id_start ON evidence (source_id, start, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_evidence_uid ON evidence (uid)

CREATE TABLE incident (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
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
	date_anchor_id INTEGER,
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
	parent_id INTEGER,
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

CREATE INDEX ix_incident_category_date_earliest_date_latest ON incident (category, date_earliest, date_latest, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_coalesce ON incident (coalesce(killed_best, killed_low), id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_country_date_earliest_date_latest ON incident (country, date_earliest, date_latest, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_date_earliest_date_latest ON incident (date_earliest, date_latest, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_parent_id ON incident (parent_id, id) WHERE deleted_at IS NULL AND parent_id IS NOT NULL

CREATE INDEX ix_incident_status_date_earliest_date_latest ON incident (status, date_earliest, date_latest, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_title ON incident (title, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_dataset_external_id ON incident (dataset, external_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_uid ON incident (uid)

CREATE TABLE relation (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	from_actor_id INTEGER NOT NULL,
	type TEXT NOT NULL,
	to_actor_id INTEGER NOT NULL,
	detail TEXT,
	held_words TEXT,
	held_edtf TEXT,
	held_earliest TEXT,
	held_latest TEXT,
	held_precision TEXT,
	held_basis TEXT,
	held_anchor_id INTEGER,
	asserted_by_id INTEGER,
	hedge TEXT,
	confidence BIGINT,
	CONSTRAINT pk_relation PRIMARY KEY (id),
	CONSTRAINT fk_relation_from_actor_id FOREIGN KEY(from_actor_id) REFERENCES actor (id),
	CONSTRAINT fk_relation_to_actor_id FOREIGN KEY(to_actor_id) REFERENCES actor (id),
	CONSTRAINT fk_relation_held_anchor_id FOREIGN KEY(held_anchor_id) REFERENCES source (id),
	CONSTRAINT fk_relation_asserted_by_id FOREIGN KEY(asserted_by_id) REFERENCES actor (id)
)

CREATE INDEX ix_relation_asserted_by_id ON relation (asserted_by_id, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_relation_from_actor_id ON relation (from_actor_id, id) WHERE deleted_at IS NULL

CREATE INDEX ix_relation_to_actor_id ON relation (to_actor_id, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_relation_uid ON relation (uid)

CREATE TABLE revision (
	id INTEGER NOT NULL,
	action_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
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
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	speaker_id INTEGER NOT NULL,
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
	said_anchor_id INTEGER,
	venue TEXT,
	conditional BOOLEAN,
	negated BOOLEAN,
	source_id INTEGER,
	repeats_id INTEGER,
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

CREATE INDEX ix_statement_kind_said_earliest_said_latest ON statement (kind, said_earliest, said_latest, id) WHERE deleted_at IS NULL

CREATE INDEX ix_statement_repeats_id ON statement (repeats_id, id) WHERE deleted_at IS NULL AND repeats_id IS NOT NULL

CREATE INDEX ix_statement_said_earliest_said_latest ON statement (said_earliest, said_latest, id) WHERE deleted_at IS NULL

CREATE INDEX ix_statement_source_id ON statement (source_id, id) WHERE deleted_at IS NULL AND source_id IS NOT NULL

CREATE INDEX ix_statement_speaker_id_said_earliest_said_latest ON statement (speaker_id, said_earliest, said_latest, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_uid ON statement (uid)

CREATE TABLE suggestion (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	source_id INTEGER NOT NULL,
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

CREATE INDEX ix_suggestion_source_id_status ON suggestion (source_id, status, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_suggestion_uid ON suggestion (uid)

CREATE TABLE imported (
	incident_id INTEGER NOT NULL,
	fingerprint BIGINT NOT NULL,
	CONSTRAINT pk_imported PRIMARY KEY (incident_id),
	CONSTRAINT fk_imported_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id)
)

CREATE TABLE incident_link (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	a_id INTEGER NOT NULL,
	type TEXT NOT NULL,
	b_id INTEGER NOT NULL,
	asserted_by_id INTEGER,
	CONSTRAINT pk_incident_link PRIMARY KEY (id),
	CONSTRAINT fk_incident_link_a_id FOREIGN KEY(a_id) REFERENCES incident (id),
	CONSTRAINT fk_incident_link_b_id FOREIGN KEY(b_id) REFERENCES incident (id),
	CONSTRAINT fk_incident_link_asserted_by_id FOREIGN KEY(asserted_by_id) REFERENCES actor (id)
)

CREATE INDEX ix_incident_link_a_id ON incident_link (a_id, id) WHERE deleted_at IS NULL

CREATE INDEX ix_incident_link_asserted_by_id ON incident_link (asserted_by_id, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_incident_link_b_id ON incident_link (b_id, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_link_uid ON incident_link (uid)

CREATE TABLE incident_source (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	incident_id INTEGER NOT NULL,
	source_id INTEGER NOT NULL,
	CONSTRAINT pk_incident_source PRIMARY KEY (id),
	CONSTRAINT fk_incident_source_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
	CONSTRAINT fk_incident_source_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)

CREATE INDEX ix_incident_source_source_id_incident_id ON incident_source (source_id, incident_id, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_source_incident_id_source_id ON incident_source (incident_id, source_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_incident_source_uid ON incident_source (uid)

CREATE TABLE involvement (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	incident_id INTEGER NOT NULL,
	actor_id INTEGER NOT NULL,
	role TEXT NOT NULL,
	asserted_by_id INTEGER,
	statement_id INTEGER,
	source_id INTEGER,
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

CREATE INDEX ix_involvement_actor_id_role_incident_id ON involvement (actor_id, role, incident_id, id) WHERE deleted_at IS NULL

CREATE INDEX ix_involvement_asserted_by_id_stance_incident_id ON involvement (asserted_by_id, stance, incident_id, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_involvement_incident_id_role ON involvement (incident_id, role, id) WHERE deleted_at IS NULL

CREATE INDEX ix_involvement_source_id ON involvement (source_id, id) WHERE deleted_at IS NULL AND source_id IS NOT NULL

CREATE INDEX ix_involvement_statement_id ON involvement (statement_id, id) WHERE deleted_at IS NULL AND statement_id IS NOT NULL

CREATE UNIQUE INDEX uq_involvement_uid ON involvement (uid)

CREATE TABLE statement_actor (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	statement_id INTEGER NOT NULL,
	actor_id INTEGER NOT NULL,
	role TEXT NOT NULL,
	CONSTRAINT pk_statement_actor PRIMARY KEY (id),
	CONSTRAINT fk_statement_actor_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_statement_actor_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)

CREATE INDEX ix_statement_actor_actor_id_role_statement_id ON statement_actor (actor_id, role, statement_id, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_actor_statement_id_actor_id_role ON statement_actor (statement_id, actor_id, role) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_actor_uid ON statement_actor (uid)

CREATE TABLE statement_incident (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	statement_id INTEGER NOT NULL,
	incident_id INTEGER NOT NULL,
	CONSTRAINT pk_statement_incident PRIMARY KEY (id),
	CONSTRAINT fk_statement_incident_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_statement_incident_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id)
)

CREATE INDEX ix_statement_incident_incident_id_statement_id ON statement_incident (incident_id, statement_id, id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_incident_statement_id_incident_id ON statement_incident (statement_id, incident_id) WHERE deleted_at IS NULL

CREATE UNIQUE INDEX uq_statement_incident_uid ON statement_incident (uid)

CREATE TABLE tally (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	incident_id INTEGER NOT NULL,
	measure TEXT NOT NULL,
	whom TEXT,
	low BIGINT,
	best BIGINT,
	high BIGINT,
	words TEXT,
	asserted_by_id INTEGER,
	statement_id INTEGER,
	source_id INTEGER,
	adopted BOOLEAN,
	CONSTRAINT pk_tally PRIMARY KEY (id),
	CONSTRAINT fk_tally_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
	CONSTRAINT fk_tally_asserted_by_id FOREIGN KEY(asserted_by_id) REFERENCES actor (id),
	CONSTRAINT fk_tally_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
	CONSTRAINT fk_tally_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)

CREATE INDEX ix_tally_asserted_by_id ON tally (asserted_by_id, id) WHERE deleted_at IS NULL AND asserted_by_id IS NOT NULL

CREATE INDEX ix_tally_incident_id_measure ON tally (incident_id, measure, id) WHERE deleted_at IS NULL

CREATE INDEX ix_tally_source_id ON tally (source_id, id) WHERE deleted_at IS NULL AND source_id IS NOT NULL

CREATE INDEX ix_tally_statement_id ON tally (statement_id, id) WHERE deleted_at IS NULL AND statement_id IS NOT NULL

CREATE UNIQUE INDEX uq_tally_uid ON tally (uid)

CREATE TABLE citation (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	version INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	deleted_at TEXT,
	batch_id INTEGER,
	extra JSON,
	evidence_id INTEGER NOT NULL,
	incident_id INTEGER,
	actor_id INTEGER,
	statement_id INTEGER,
	involvement_id INTEGER,
	tally_id INTEGER,
	relation_id INTEGER,
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

CREATE INDEX ix_citation_actor_id ON citation (actor_id, id) WHERE deleted_at IS NULL AND actor_id IS NOT NULL

CREATE INDEX ix_citation_evidence_id ON citation (evidence_id, id) WHERE deleted_at IS NULL

CREATE INDEX ix_citation_incident_id ON citation (incident_id, id) WHERE deleted_at IS NULL AND incident_id IS NOT NULL

CREATE INDEX ix_citation_involvement_id ON citation (involvement_id, id) WHERE deleted_at IS NULL AND involvement_id IS NOT NULL

CREATE INDEX ix_citation_relation_id ON citation (relation_id, id) WHERE deleted_at IS NULL AND relation_id IS NOT NULL

CREATE INDEX ix_citation_statement_id ON citation (statement_id, id) WHERE deleted_at IS NULL AND statement_id IS NOT NULL

CREATE INDEX ix_citation_tally_id ON citation (tally_id, id) WHERE deleted_at IS NULL AND tally_id IS NOT NULL

CREATE UNIQUE INDEX uq_citation_uid ON citation (uid)

CREATE VIRTUAL TABLE source_fts USING fts5(title, publisher, text, content='source', content_rowid='id', tokenize='unicode61 remove_diacritics 2')

CREATE TRIGGER source_fts_insert AFTER INSERT ON source BEGIN
  INSERT INTO source_fts(rowid, title, publisher, text) VALUES (new.id, new.title, new.publisher, new.text);
END

CREATE TRIGGER source_fts_delete AFTER DELETE ON source BEGIN
  INSERT INTO source_fts(source_fts, rowid, title, publisher, text) VALUES ('delete', old.id, old.title, old.publisher, old.text);
END

CREATE TRIGGER source_fts_update AFTER UPDATE OF title, publisher, text ON source BEGIN
  INSERT INTO source_fts(source_fts, rowid, title, publisher, text) VALUES ('delete', old.id, old.title, old.publisher, old.text);
  INSERT INTO source_fts(rowid, title, publisher, text) VALUES (new.id, new.title, new.publisher, new.text);
END

CREATE VIRTUAL TABLE actor_fts USING fts5(name, role_title, notes, content='actor', content_rowid='id', tokenize='unicode61 remove_diacritics 2')

CREATE TRIGGER actor_fts_insert AFTER INSERT ON actor BEGIN
  INSERT INTO actor_fts(rowid, name, role_title, notes) VALUES (new.id, new.name, new.role_title, new.notes);
END

CREATE TRIGGER actor_fts_delete AFTER DELETE ON actor BEGIN
  INSERT INTO actor_fts(actor_fts, rowid, name, role_title, notes) VALUES ('delete', old.id, old.name, old.role_title, old.notes);
END

CREATE TRIGGER actor_fts_update AFTER UPDATE OF name, role_title, notes ON actor BEGIN
  INSERT INTO actor_fts(actor_fts, rowid, name, role_title, notes) VALUES ('delete', old.id, old.name, old.role_title, old.notes);
  INSERT INTO actor_fts(rowid, name, role_title, notes) VALUES (new.id, new.name, new.role_title, new.notes);
END

CREATE VIRTUAL TABLE actor_name_fts USING fts5(name, content='actor_name', content_rowid='id', tokenize='unicode61 remove_diacritics 2')

CREATE TRIGGER actor_name_fts_insert AFTER INSERT ON actor_name BEGIN
  INSERT INTO actor_name_fts(rowid, name) VALUES (new.id, new.name);
END

CREATE TRIGGER actor_name_fts_delete AFTER DELETE ON actor_name BEGIN
  INSERT INTO actor_name_fts(actor_name_fts, rowid, name) VALUES ('delete', old.id, old.name);
END

CREATE TRIGGER actor_name_fts_update AFTER UPDATE OF name ON actor_name BEGIN
  INSERT INTO actor_name_fts(actor_name_fts, rowid, name) VALUES ('delete', old.id, old.name);
  INSERT INTO actor_name_fts(rowid, name) VALUES (new.id, new.name);
END

CREATE VIRTUAL TABLE incident_fts USING fts5(title, place_words, place_name, admin1, admin2, weapon, summary, content='incident', content_rowid='id', tokenize='unicode61 remove_diacritics 2')

CREATE TRIGGER incident_fts_insert AFTER INSERT ON incident BEGIN
  INSERT INTO incident_fts(rowid, title, place_words, place_name, admin1, admin2, weapon, summary) VALUES (new.id, new.title, new.place_words, new.place_name, new.admin1, new.admin2, new.weapon, new.summary);
END

CREATE TRIGGER incident_fts_delete AFTER DELETE ON incident BEGIN
  INSERT INTO incident_fts(incident_fts, rowid, title, place_words, place_name, admin1, admin2, weapon, summary) VALUES ('delete', old.id, old.title, old.place_words, old.place_name, old.admin1, old.admin2, old.weapon, old.summary);
END

CREATE TRIGGER incident_fts_update AFTER UPDATE OF title, place_words, place_name, admin1, admin2, weapon, summary ON incident BEGIN
  INSERT INTO incident_fts(incident_fts, rowid, title, place_words, place_name, admin1, admin2, weapon, summary) VALUES ('delete', old.id, old.title, old.place_words, old.place_name, old.admin1, old.admin2, old.weapon, old.summary);
  INSERT INTO incident_fts(rowid, title, place_words, place_name, admin1, admin2, weapon, summary) VALUES (new.id, new.title, new.place_words, new.place_name, new.admin1, new.admin2, new.weapon, new.summary);
END

CREATE VIRTUAL TABLE statement_fts USING fts5(quote, paraphrase, content='statement', content_rowid='id', tokenize='unicode61 remove_diacritics 2')

CREATE TRIGGER statement_fts_insert AFTER INSERT ON statement BEGIN
  INSERT INTO statement_fts(rowid, quote, paraphrase) VALUES (new.id, new.quote, new.paraphrase);
END

CREATE TRIGGER statement_fts_delete AFTER DELETE ON statement BEGIN
  INSERT INTO statement_fts(statement_fts, rowid, quote, paraphrase) VALUES ('delete', old.id, old.quote, old.paraphrase);
END

CREATE TRIGGER statement_fts_update AFTER UPDATE OF quote, paraphrase ON statement BEGIN
  INSERT INTO statement_fts(statement_fts, rowid, quote, paraphrase) VALUES ('delete', old.id, old.quote, old.paraphrase);
  INSERT INTO statement_fts(rowid, quote, paraphrase) VALUES (new.id, new.quote, new.paraphrase);
END
