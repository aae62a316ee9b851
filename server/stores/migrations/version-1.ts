/** Requests and their spans, the journal, keys and revisions. */
export const version1 = `
  -- Request ids begin with the time, so that the primary key is the order of arrival too.
  CREATE TABLE requests (
    request_id TEXT PRIMARY KEY,
    trace_id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    route TEXT NOT NULL,
    tenant TEXT, team TEXT, key_id TEXT, session TEXT, user TEXT,
    surface TEXT NOT NULL,
    stream INTEGER NOT NULL,
    status INTEGER NOT NULL,
    provider TEXT, model TEXT,
    attempts INTEGER NOT NULL,
    attempt_list TEXT NOT NULL,
    fallback INTEGER NOT NULL,
    synthetic INTEGER NOT NULL,
    cache TEXT, guardrail TEXT,
    finish_reason TEXT,
    input_tokens INTEGER, output_tokens INTEGER, cache_read_tokens INTEGER, reasoning_tokens INTEGER,
    cost_nano INTEGER,
    duration_ms REAL NOT NULL, ttft_ms REAL, overhead_ms REAL,
    revision TEXT NOT NULL,
    error TEXT, error_message TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE spans (
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    parent_span_id TEXT,
    request_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    start_ms REAL NOT NULL,
    end_ms REAL NOT NULL,
    status TEXT NOT NULL,
    status_message TEXT,
    attributes TEXT NOT NULL,
    events TEXT NOT NULL,
    links TEXT NOT NULL,
    PRIMARY KEY (trace_id, span_id)
  ) STRICT, WITHOUT ROWID;

  -- Batches of records, a line of JSON each, that came too fast to be turned into rows and spans at once.
  CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    records BLOB NOT NULL
  ) STRICT;

  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    team TEXT,
    routes TEXT,
    created_at TEXT NOT NULL,
    revoked_at TEXT
  ) STRICT;

  -- Counts changes of keys, so that look-ups need not be forgotten at every other write.
  CREATE TABLE keys_version (version INTEGER NOT NULL) STRICT;
  INSERT INTO keys_version VALUES (0);
  CREATE TRIGGER keys_added AFTER INSERT ON keys BEGIN UPDATE keys_version SET version = version + 1; END;
  CREATE TRIGGER keys_changed AFTER UPDATE ON keys BEGIN UPDATE keys_version SET version = version + 1; END;

  CREATE TABLE revisions (
    revision TEXT PRIMARY KEY,
    accepted_at TEXT NOT NULL,
    source TEXT NOT NULL
  ) STRICT;
  `
