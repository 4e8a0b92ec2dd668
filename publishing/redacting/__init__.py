"""Reviews through the Redactor: jobs, the private cache, workers."""
