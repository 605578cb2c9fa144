-- Who searches for an actor looks through the mentions of the articles found: some dozens each, while
-- an index over the mentions of all articles had to be kept with each.
DROP INDEX mentions_actor;

-- What waits, and what is under way, has indexes of its own since 003-watch.
DROP INDEX import_items_queue;
DROP INDEX import_items_status;
