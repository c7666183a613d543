"""The doors of pay, by reader: the coordinator and host on a run, the host on its settings, a person."""
