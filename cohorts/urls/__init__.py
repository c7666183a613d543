from cohorts.urls import cohorts, contracts, entry_files, skills

app_name = "cohorts"
# A module a room; each holds its own addresses.
urlpatterns = [
    *cohorts.urlpatterns,
    *contracts.urlpatterns,
    *entry_files.urlpatterns,
    *skills.urlpatterns,
]
