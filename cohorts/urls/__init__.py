from cohorts.urls import (
    afterwards,
    closing,
    cohorts,
    contracts,
    entry_files,
    events,
    path,
    programmes,
    recovery,
    recruiting,
    sessions,
    skills,
)

app_name = "cohorts"
# A module a room; each holds its own addresses.
urlpatterns = [
    *afterwards.urlpatterns,
    *closing.urlpatterns,
    *cohorts.urlpatterns,
    *contracts.urlpatterns,
    *entry_files.urlpatterns,
    *events.urlpatterns,
    *path.urlpatterns,
    *programmes.urlpatterns,
    *recovery.urlpatterns,
    *recruiting.urlpatterns,
    *sessions.urlpatterns,
    *skills.urlpatterns,
]
