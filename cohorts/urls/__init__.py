from cohorts.urls import cohorts, contracts, entry_files, programmes, recruiting, sessions, skills

app_name = "cohorts"
# A module a room; each holds its own addresses.
urlpatterns = [
    *cohorts.urlpatterns,
    *contracts.urlpatterns,
    *entry_files.urlpatterns,
    *programmes.urlpatterns,
    *recruiting.urlpatterns,
    *sessions.urlpatterns,
    *skills.urlpatterns,
]
