"""Run the phases of the spec: the commands of the app team, in a bash and an environment of their own."""
