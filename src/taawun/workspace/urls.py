from django.urls import path

from taawun.workspace import calendar_views, country_views, search_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("search/", search_views.search, name="search"),
    path("search/keep/", search_views.save, name="search-save"),
    path("search/kept/<int:pk>/", search_views.run, name="search-run"),
    path("search/kept/<int:pk>/forget/", search_views.forget, name="search-forget"),
    path("countries/", country_views.countries, name="countries"),
    path("countries/<str:letters>/", country_views.country, name="country"),
    path("countries/<str:letters>/paper/", country_views.paper, name="country-paper"),
    path("calendar/", calendar_views.month, name="calendar"),
    path("calendar/addresses/", calendar_views.addresses, name="calendar-addresses"),
    path("calendar/addresses/<int:pk>/revoke/", calendar_views.revoke, name="calendar-revoke"),
    path("calendar/feeds/<str:token>.ics", calendar_views.feed, name="calendar-feed"),
]
