"""The demo territory: invented people whose cohort is alive on the day the demo is opened."""
