-- Whoever reads a story, compares it and then saves finds out whether somebody else did so meanwhile.
ALTER TABLE stories ADD COLUMN saved INTEGER NOT NULL DEFAULT 0; -- grows with what is derived of it, and when an article leaves or joins it otherwise than by an import
