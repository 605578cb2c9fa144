-- What is served is checked against what was stored: bytes that a disk turned are not taken for words.

ALTER TABLE comparisons ADD COLUMN digest INTEGER; -- hash of the document; null: not compared since this step
ALTER TABLE comparisons ADD COLUMN utf16_digest INTEGER; -- likewise, of utf16
