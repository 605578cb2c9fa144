-- What ended the program is not tried for ever.

ALTER TABLE import_items ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0; -- how often the program ended while it was read
ALTER TABLE stories ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0; -- how often the program ended in a long comparison of it; noted when the comparison has become long, taken back when it ends

-- Asked for once an item, and nearly empty: without the import in it the whole import was walked.
DROP INDEX import_items_running;
CREATE INDEX import_items_running ON import_items (import, id) WHERE status = 'running';
