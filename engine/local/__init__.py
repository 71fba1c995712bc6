"""The local target: an emulated AWS on this machine, Pulumi's provider for it, and its edge."""
