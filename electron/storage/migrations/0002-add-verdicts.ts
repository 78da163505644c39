/** What people decided about drafts and disputes. */
export const sql = `
CREATE TABLE verdicts (
  id TEXT PRIMARY KEY, asset TEXT NOT NULL REFERENCES assets (id) DEFERRABLE INITIALLY DEFERRED,
  author TEXT NOT NULL, about TEXT NOT NULL, subject TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_of_item ON verdicts (asset, author);
CREATE UNIQUE INDEX verdicts_of_subject ON verdicts (about, subject, author);
`
