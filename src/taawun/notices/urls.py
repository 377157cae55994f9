from django.urls import path

from taawun.notices import outbox_views, text_views, views

app_name = "notices"
urlpatterns = [
    path("notices/", views.index, name="index"),
    path("desk/notices/", views.choice, name="choice"),
    path("settings/outbox/", outbox_views.index, name="outbox"),
    path("settings/outbox/<int:pk>/", outbox_views.message, name="message"),
    path("settings/outbox/agencies/<int:pk>/", outbox_views.hold, name="hold"),
    path("settings/mail-texts/<int:pk>/", text_views.index, name="texts"),
    path("settings/mail-texts/<int:pk>/<slug:kind>/<slug:language>/", text_views.one, name="text"),
]
