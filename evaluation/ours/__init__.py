"""Gold that we wrote ourselves: unlike the rest of what is measured it is shipped with the project."""
