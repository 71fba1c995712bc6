"""Take what a build made into one form, whatever the framework."""
