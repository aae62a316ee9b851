/** Texts that are kept, experiments, datasets, runs, feedback and what people say of replies. */
export const version5 = `
  -- What a request was made for: 'live', or one of the gateway's own (core/experiment.ts).
  ALTER TABLE requests ADD COLUMN purpose TEXT NOT NULL DEFAULT 'live';
  ALTER TABLE requests ADD COLUMN experiment TEXT;
  -- The request that it is a copy of.
  ALTER TABLE requests ADD COLUMN copy_of TEXT;
  CREATE INDEX requests_of_experiment ON requests (experiment, request_id) WHERE experiment IS NOT NULL;

  -- 1: the reply had to pass; 0: the evaluator only watched.
  ALTER TABLE scores ADD COLUMN gates INTEGER NOT NULL DEFAULT 1;
  -- JSON: places in the reply, [start, end] each.
  ALTER TABLE scores ADD COLUMN spans TEXT;

  -- JSON of ChatRequest and ReplyView, without personal data and secrets.
  CREATE TABLE contents (
    request_id TEXT PRIMARY KEY,
    route TEXT NOT NULL,
    tenant TEXT,
    request TEXT,
    reply TEXT,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX contents_by_expiry ON contents (expires_at);

  CREATE TABLE experiments (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    route TEXT,
    baseline TEXT NOT NULL,
    candidate TEXT NOT NULL,
    -- Of everything that must not change while pairs come; another one is another experiment.
    fingerprint TEXT NOT NULL,
    -- JSON (ExperimentSettings).
    settings TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX experiments_open ON experiments (kind, route) WHERE ended_at IS NULL;

  -- Arms, changes and cohorts are JSON (PairRecord).
  CREATE TABLE pairs (
    id TEXT NOT NULL,
    experiment TEXT NOT NULL,
    at INTEGER NOT NULL,
    request_id TEXT,
    baseline TEXT,
    candidate TEXT,
    self TEXT,
    skipped TEXT,
    change TEXT,
    self_change TEXT,
    cohort TEXT NOT NULL,
    PRIMARY KEY (experiment, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE votes (
    experiment TEXT NOT NULL,
    pair TEXT NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    vote TEXT NOT NULL,
    PRIMARY KEY (experiment, pair, actor)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE datasets (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    source TEXT NOT NULL,
    -- 'filling', 'ready' or 'gone': only what is ready is seen.
    state TEXT NOT NULL,
    frozen_at INTEGER,
    UNIQUE (name, version)
  ) STRICT;
  -- request is JSON of ChatRequest, reference of Reference, reply of ReplyView, facts of texts by name.
  CREATE TABLE dataset_items (
    dataset TEXT NOT NULL REFERENCES datasets (id),
    position INTEGER NOT NULL,
    hash TEXT NOT NULL,
    split TEXT NOT NULL,
    request TEXT NOT NULL,
    reference TEXT,
    reply TEXT,
    facts TEXT NOT NULL,
    request_id TEXT,
    PRIMARY KEY (dataset, position),
    UNIQUE (dataset, hash)
  ) STRICT;
  -- Counted without reading the texts.
  CREATE INDEX dataset_items_by_split ON dataset_items (dataset, split, position);

  -- One experiment of kind 'replay' that goes through a list of items.
  CREATE TABLE runs (
    experiment TEXT PRIMARY KEY,
    dataset TEXT REFERENCES datasets (id),
    -- JSON (RunPlan).
    plan TEXT NOT NULL,
    -- The text of a config that is tried.
    proposed TEXT,
    -- As RunState, or 'filling': not seen yet.
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    actor TEXT NOT NULL,
    problem TEXT,
    -- Up to this position the texts of its requests are cleared, as they are past their time.
    cleared INTEGER NOT NULL DEFAULT -1
  ) STRICT;
  -- What has been started is never started again by itself: a call is made once at the most.
  CREATE TABLE run_items (
    experiment TEXT NOT NULL REFERENCES runs (experiment),
    position INTEGER NOT NULL,
    -- JSON (DatasetItem), for runs over stored traffic, later its facts alone; NULL: the dataset's item of the position.
    item TEXT,
    -- 'waiting', 'started', 'done', 'failed' or 'lost'.
    state TEXT NOT NULL DEFAULT 'waiting',
    started_at INTEGER,
    -- By whom it was started.
    claim TEXT,
    ended_at INTEGER,
    -- Of all its calls.
    cost_nano INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (experiment, position)
  ) STRICT;
  -- Counted without reading the texts.
  CREATE INDEX run_items_by_state ON run_items (experiment, state, position, cost_nano);

  -- What apps tell of replies. The comment holds no personal data and no secrets.
  CREATE TABLE feedback (
    -- Begins with its time, so that ids are in order.
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    tenant TEXT NOT NULL,
    key_id TEXT,
    user TEXT,
    -- -1 to 1; below 0 is a complaint.
    value REAL NOT NULL,
    comment TEXT
  ) STRICT;
  -- One a request, key and end user.
  CREATE UNIQUE INDEX feedback_by_request ON feedback (request_id, coalesce(key_id, ''), coalesce(user, ''));

  -- What people are to look at.
  CREATE TABLE annotation_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    request_id TEXT NOT NULL UNIQUE,
    route TEXT NOT NULL,
    tenant TEXT,
    -- As AnnotationReason.
    reason TEXT NOT NULL,
    detail TEXT,
    state TEXT NOT NULL DEFAULT 'open',
    assignee TEXT,
    -- The verdict that somebody disputes.
    verdict INTEGER
  ) STRICT;
  CREATE INDEX annotation_items_by_state ON annotation_items (state, id);
  -- One label a person and item: JSON of values by criterion of the rubric.
  CREATE TABLE annotation_labels (
    item INTEGER NOT NULL REFERENCES annotation_items (id),
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    label TEXT NOT NULL,
    comment TEXT,
    PRIMARY KEY (item, actor)
  ) STRICT, WITHOUT ROWID;

  -- A candidate's way to all of the traffic.
  CREATE TABLE promotions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    experiment TEXT,
    route TEXT NOT NULL,
    baseline TEXT NOT NULL,
    candidate TEXT NOT NULL,
    state TEXT NOT NULL,
    share REAL NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    actor TEXT NOT NULL,
    -- Of the typed override, where the verdict did not allow it.
    reason TEXT,
    -- JSON: the steps so far, each with when, share, who and the revision before.
    steps TEXT NOT NULL,
    settings TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX promotions_open ON promotions (route) WHERE ended_at IS NULL;
  `
