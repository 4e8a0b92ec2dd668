"""How people's names are written: parsed, in every surface form, alike or not."""
