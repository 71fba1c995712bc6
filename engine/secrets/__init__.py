"""Secrets: kept in SSM Parameter Store, given by name, never printed."""
