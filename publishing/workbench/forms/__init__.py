"""The files of a case as forms: only what was changed is rewritten."""
