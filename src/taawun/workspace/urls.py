from django.urls import path

from taawun.workspace import calendar_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("calendar/", calendar_views.month, name="calendar"),
    path("calendar/addresses/", calendar_views.addresses, name="calendar-addresses"),
    path("calendar/addresses/<int:pk>/revoke/", calendar_views.revoke, name="calendar-revoke"),
    path("calendar/feeds/<str:token>.ics", calendar_views.feed, name="calendar-feed"),
]
