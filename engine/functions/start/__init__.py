"""What starts a function in its stead: files that are put into its archive."""
