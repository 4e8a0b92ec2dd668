"""Safe text in, site out: the steps from a case folder to a published page, in order."""
