"""Several applications in one repository: which one is meant, what each needs, and which have changed."""
