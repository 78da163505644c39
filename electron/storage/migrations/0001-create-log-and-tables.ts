/** The log of changes, which is the truth, and the tables that are its projection. */
export const sql = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  clock TEXT NOT NULL UNIQUE,
  author TEXT NOT NULL,
  asset TEXT,
  name TEXT NOT NULL,
  intent TEXT NOT NULL CHECK (intent IN ('do', 'undo', 'redo')),
  target TEXT CHECK ((target IS NULL) = (intent = 'do')),
  duration_ms INTEGER,
  scope TEXT NOT NULL CHECK (scope IN ('item', 'schema', 'bulk')),
  labels INTEGER NOT NULL,
  digest TEXT NOT NULL,
  diff TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_item ON changes (asset, author, seq);
CREATE INDEX changes_of_schema ON changes (seq) WHERE labels = 1;
CREATE TRIGGER changes_are_never_updated BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'changes is append-only'); END;
CREATE TRIGGER changes_are_never_deleted BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'changes is append-only'); END;

CREATE TABLE projects (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE labels (id TEXT PRIMARY KEY, name TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tiers (id TEXT PRIMARY KEY, name TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE assets (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, sort_key TEXT NOT NULL, kind TEXT NOT NULL, perceptual_hash TEXT, record TEXT NOT NULL
) STRICT;
CREATE INDEX assets_in_order ON assets (sort_key, id);

CREATE TABLE annotations (
  id TEXT PRIMARY KEY,
  asset TEXT NOT NULL REFERENCES assets (id) DEFERRABLE INITIALLY DEFERRED,
  layer TEXT NOT NULL, author TEXT NOT NULL, label TEXT, kind TEXT NOT NULL, draft INTEGER NOT NULL, text TEXT, record TEXT NOT NULL
) STRICT;
CREATE INDEX annotations_of_item ON annotations (asset, layer, draft);
CREATE INDEX annotations_of_label ON annotations (label) WHERE label IS NOT NULL;
CREATE INDEX annotations_of_layer ON annotations (layer);

CREATE TABLE relations (
  id TEXT PRIMARY KEY, asset TEXT NOT NULL REFERENCES assets (id) DEFERRABLE INITIALLY DEFERRED, layer TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX relations_of_item ON relations (asset);

CREATE TABLE submissions (
  id TEXT PRIMARY KEY, asset TEXT NOT NULL REFERENCES assets (id) DEFERRABLE INITIALLY DEFERRED,
  author TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX submissions_of_item ON submissions (asset, author);

-- What belongs to this copy of the project alone and is never exchanged.
CREATE TABLE media_roots (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`
