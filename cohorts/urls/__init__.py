from cohorts.urls import cohorts, skills

app_name = "cohorts"
# A module a room; each holds its own addresses.
urlpatterns = [*cohorts.urlpatterns, *skills.urlpatterns]
