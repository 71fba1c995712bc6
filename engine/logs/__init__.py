"""What functions and APIs write while they run: CloudWatch Logs, merged and followed."""
