-- Who has what under way, where several programs share a store: a number that each draws at its
-- start. What a program had that is no more is taken up by the others.

ALTER TABLE import_items ADD COLUMN worker INTEGER NOT NULL DEFAULT 0; -- of a running item: the program that has it
ALTER TABLE hosts ADD COLUMN worker INTEGER NOT NULL DEFAULT 0; -- of a busy host: the program that asks it
ALTER TABLE watches ADD COLUMN worker INTEGER NOT NULL DEFAULT 0; -- of a busy watch: the program that looks at it
