/** Verdicts of guardrails, and what people say of them. */
export const version4 = `
  -- Kept apart from spans, to be counted and listed; of passes only the newest stay (stores/verdicts.ts).
  CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    route TEXT NOT NULL,
    tenant TEXT,
    guardrail TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    verdict TEXT NOT NULL,
    action TEXT NOT NULL,
    mode TEXT NOT NULL,
    score REAL NOT NULL,
    threshold REAL NOT NULL,
    category TEXT,
    matches INTEGER NOT NULL,
    place TEXT,
    reason TEXT,
    duration_ms REAL NOT NULL,
    excerpt TEXT,
    highlight_start INTEGER, highlight_end INTEGER,
    -- Request ids begin with the time, so that this is the order of arrival, too.
    UNIQUE (request_id, span_id)
  ) STRICT;
  CREATE INDEX verdicts_by_rule ON verdicts (route, guardrail, ts);
  CREATE INDEX verdicts_passed ON verdicts (id) WHERE verdict = 'pass';
  CREATE INDEX verdicts_other ON verdicts (id) WHERE verdict != 'pass';

  -- What people say of verdicts, and of texts that they tried. The excerpt is redacted.
  CREATE TABLE guard_labels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    label TEXT NOT NULL,
    -- NULL for a text that was tried.
    verdict INTEGER UNIQUE,
    request_id TEXT,
    route TEXT,
    guardrail TEXT,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    origin TEXT,
    score REAL NOT NULL,
    threshold REAL NOT NULL,
    category TEXT,
    excerpt TEXT,
    highlight_start INTEGER, highlight_end INTEGER
  ) STRICT;
  CREATE INDEX guard_labels_by_rule ON guard_labels (route, guardrail);
  `
