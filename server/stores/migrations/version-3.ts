/** The cache, and the audit trail. */
export const version3 = `
  ALTER TABLE requests ADD COLUMN similarity REAL;
  ALTER TABLE requests ADD COLUMN saved_nano INTEGER;
  ALTER TABLE requests ADD COLUMN saved_ms REAL;
  ALTER TABLE requests ADD COLUMN lookup_ms REAL;

  CREATE TABLE cache_entries (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    tenant TEXT NOT NULL,
    route TEXT NOT NULL,
    partition TEXT,
    namespace TEXT,
    context TEXT,
    question TEXT,
    request_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    output_tokens INTEGER NOT NULL,
    cost_nano INTEGER,
    duration_ms REAL NOT NULL,
    created_at INTEGER NOT NULL,
    fresh_until INTEGER NOT NULL,
    revalidate_until INTEGER NOT NULL,
    kept_until INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    vector_bytes INTEGER NOT NULL DEFAULT 0,
    hits INTEGER NOT NULL DEFAULT 0,
    last_hit_at INTEGER,
    priority REAL NOT NULL,
    -- Last, so that everything else is read without following a long reply's pages.
    reply TEXT NOT NULL
  ) STRICT;
  CREATE INDEX cache_entries_by_owner ON cache_entries (tenant, route);
  CREATE INDEX cache_entries_by_end ON cache_entries (kept_until);
  CREATE INDEX cache_entries_by_priority ON cache_entries (priority, created_at);
  CREATE INDEX cache_entries_by_freshness ON cache_entries (fresh_until) WHERE vector_bytes > 0;

  CREATE TABLE cache_spaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- NULL while it is being removed.
    name TEXT UNIQUE,
    dimensions INTEGER NOT NULL
  ) STRICT;

  -- Contexts that have vectors in a space; the id is the partition of the space's bits.
  CREATE TABLE cache_contexts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space INTEGER NOT NULL,
    context TEXT NOT NULL,
    vectors INTEGER NOT NULL DEFAULT 0,
    -- Vectors up to this id have bits, the later ones, the tail, have none yet.
    bits_to INTEGER NOT NULL DEFAULT 0,
    tail INTEGER NOT NULL DEFAULT 0,
    UNIQUE (space, context)
  ) STRICT;
  CREATE INDEX cache_contexts_by_tail ON cache_contexts (tail);

  -- No id is given twice: bits that outlive their vector find nothing, never another vector.
  CREATE TABLE cache_vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry INTEGER NOT NULL,
    space INTEGER NOT NULL,
    context INTEGER NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (entry, space)
  ) STRICT;
  CREATE INDEX cache_vectors_by_context ON cache_vectors (context);
  CREATE INDEX cache_vectors_by_space ON cache_vectors (space);

  CREATE TABLE cache_totals (
    entries INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    -- Priority of the last entry that was evicted.
    clock REAL NOT NULL,
    -- Bits may be there whose vector is gone.
    orphans INTEGER NOT NULL
  ) STRICT;
  INSERT INTO cache_totals VALUES (0, 0, 0, 0);

  CREATE TRIGGER cache_entry_added AFTER INSERT ON cache_entries BEGIN
    UPDATE cache_totals SET entries = entries + 1, bytes = bytes + new.bytes + new.vector_bytes;
  END;
  CREATE TRIGGER cache_entry_changed AFTER UPDATE OF bytes, vector_bytes ON cache_entries BEGIN
    UPDATE cache_totals SET bytes = bytes + new.bytes + new.vector_bytes - old.bytes - old.vector_bytes;
  END;
  CREATE TRIGGER cache_entry_removed AFTER DELETE ON cache_entries BEGIN
    UPDATE cache_totals SET entries = entries - 1, bytes = bytes - old.bytes - old.vector_bytes;
  END;
  CREATE TRIGGER cache_vector_added AFTER INSERT ON cache_vectors BEGIN
    UPDATE cache_entries SET vector_bytes = vector_bytes + length(new.vector) + length(new.vector) / 32 WHERE id = new.entry;
    UPDATE cache_contexts SET vectors = vectors + 1, tail = tail + 1 WHERE id = new.context;
  END;
  CREATE TRIGGER cache_vector_removed AFTER DELETE ON cache_vectors BEGIN
    UPDATE cache_entries SET vector_bytes = vector_bytes - length(old.vector) - length(old.vector) / 32 WHERE id = old.entry;
    UPDATE cache_contexts SET vectors = vectors - 1, tail = tail - (old.id > bits_to) WHERE id = old.context;
    DELETE FROM cache_contexts WHERE id = old.context AND vectors = 0;
  END;

  CREATE TABLE cache_lookups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    scope TEXT NOT NULL,
    tenant TEXT NOT NULL,
    route TEXT NOT NULL,
    partition TEXT,
    namespace TEXT,
    space TEXT NOT NULL,
    question TEXT NOT NULL,
    key TEXT NOT NULL,
    cached_question TEXT NOT NULL,
    similarity REAL NOT NULL,
    threshold REAL NOT NULL,
    guard TEXT,
    outcome TEXT NOT NULL,
    fresh_answer TEXT,
    agreement TEXT,
    checked_at INTEGER,
    review TEXT,
    reviewed_at INTEGER
  ) STRICT;
  CREATE INDEX cache_lookups_by_request ON cache_lookups (request_id);
  CREATE INDEX cache_lookups_by_owner ON cache_lookups (route, tenant);
  CREATE INDEX cache_lookups_judged ON cache_lookups (route, tenant, space)
    WHERE agreement IS NOT NULL OR review IS NOT NULL;

  -- Pairs of questions that a person called different, as hashes: one is never answered with the other's reply.
  CREATE TABLE cache_denied (
    scope TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (scope, one, other)
  ) STRICT, WITHOUT ROWID;

  -- What people did to what is kept. The detail is JSON, and never what a prompt or a reply says.
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  `
