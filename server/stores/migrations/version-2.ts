/** Scores of replies, and what few requests have. */
export const version2 = `
  ALTER TABLE requests ADD COLUMN extra TEXT NOT NULL DEFAULT '{"skipped":[],"scores":[],"last_resort":null,"replay_of":null}';
  ALTER TABLE requests ADD COLUMN facts TEXT;

  -- What evaluators said of replies, kept apart from requests: targets are judged by them after a restart too.
  CREATE TABLE scores (
    request_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    evaluator TEXT NOT NULL,
    ts INTEGER NOT NULL,
    route TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    -- live, or the replay of stored requests
    source TEXT NOT NULL,
    score REAL NOT NULL,
    passed INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (request_id, attempt, evaluator)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX scores_by_time ON scores (ts);
  `
