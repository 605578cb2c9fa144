-- Comparison documents are kept compressed; the checksum of zlib tells bytes that a disk turned.

-- The comparison document of a story, finished: what its page and its readers over HTTP get.
CREATE TABLE comparisons_packed (
    story INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE, -- the story
    size INTEGER NOT NULL, -- bytes of the document
    document BLOB NOT NULL, -- JSON, offsets in code points; compressed by zlib
    utf16_size INTEGER, -- bytes of the next
    utf16 BLOB -- the same with offsets in UTF-16 units; null: they are the same
) STRICT;
INSERT INTO comparisons_packed
    SELECT story, length(CAST(document AS BLOB)), packed(document), length(CAST(utf16 AS BLOB)),
        packed(utf16) FROM comparisons;
DROP TABLE comparisons;
ALTER TABLE comparisons_packed RENAME TO comparisons;
