"""The names under which an environment answers, and what has to be known of them before the plan."""
