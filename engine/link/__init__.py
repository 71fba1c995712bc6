"""What the frontend is told of the backend: ``amplify_outputs.json``, variables, and the same for people."""
