from cohorts.urls import cohorts

app_name = "cohorts"
# A module a room; each holds its own addresses.
urlpatterns = [*cohorts.urlpatterns]
