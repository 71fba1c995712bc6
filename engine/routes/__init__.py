"""What the rules of an app do, seen without a deployment; and rules from elsewhere."""
