from django.urls import path

from taawun.governance import (
    code_update_views as updating,
    code_views,
    days_views,
    views,
    word_template_views as word_views,
)

app_name = "governance"
urlpatterns = [
    path("codes/", code_views.codes, name="lists"),
    path("codes/<slug:slug>/", code_views.code_list, name="list"),
    path("codes/<slug:slug>/codes.csv", code_views.code_file, name="list-file"),
    path("codes/<slug:slug>/update/", updating.new, name="list-update-new"),
    path("codes/<slug:slug>/shipped/", updating.shipped, name="list-shipped"),
    path("codes/updates/<int:pk>/", updating.update, name="list-update"),
    path("codes/updates/<int:pk>/apply/", updating.apply, name="list-update-apply"),
    path("codes/updates/<int:pk>/discard/", updating.discard, name="list-update-discard"),
    path("codes/updates/<int:pk>/undo/", updating.undo, name="list-update-undo"),
    path("settings/", views.agencies, name="agencies"),
    path("settings/<int:pk>/", views.settings, name="settings"),
    path("settings/<int:pk>/new/", views.new, name="new"),
    path("settings/<int:pk>/compare/", views.compare, name="compare"),
    path("settings/<int:pk>/days/", days_views.working_days, name="days"),
    path("settings/<int:pk>/days/<int:day_pk>/remove/", days_views.remove_day, name="day-remove"),
    path("settings/<int:pk>/word/", word_views.templates, name="word-templates"),
    path("settings/<int:pk>/word/<slug:paper>/<slug:language>/", word_views.template, name="word-template"),
    path("settings/word/<int:pk>/", word_views.version, name="word-template-version"),
    path("settings/versions/<int:pk>/", views.version, name="version"),
    path("settings/<int:pk>/requests/", views.behind, {"sort": "requests"}, name="requests"),
    path("settings/<int:pk>/operations/", views.behind, {"sort": "operations"}, name="operations"),
    path("settings/cases/<slug:kind>/<int:pk>/", views.move, name="move"),
]
