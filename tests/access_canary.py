# Stands in texts of cohort A: it must never come back to somebody from elsewhere.
CANARY = "canari-du-plateau"
