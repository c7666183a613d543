from cohorts.urls import cohorts, contracts, entry_files, programmes, sessions, skills

app_name = "cohorts"
# A module a room; each holds its own addresses.
urlpatterns = [
    *cohorts.urlpatterns,
    *contracts.urlpatterns,
    *entry_files.urlpatterns,
    *programmes.urlpatterns,
    *sessions.urlpatterns,
    *skills.urlpatterns,
]
