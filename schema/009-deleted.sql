-- Where deleted articles are kept, so that deleting them can be taken back: a story that no list shows.
INSERT INTO stories (id, created, updated) VALUES (-1, '', '') ON CONFLICT DO NOTHING;
