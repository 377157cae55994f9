from django.urls import path

from taawun.papers import document_views, many_views, upload_views, views

app_name = "papers"
urlpatterns = [
    path("files/<int:pk>/", views.file, name="file"),
    path("files/<int:pk>/page/", views.file_page, name="file-page"),
    path("files/uploads/", upload_views.open_upload, name="uploads"),
    path("files/uploads/<uuid:key>/", upload_views.upload, name="upload"),
    path("documents/", document_views.documents, name="documents"),
    path("documents/<int:pk>/", document_views.document, name="document"),
    path("documents/<int:pk>/render/", document_views.render_document, name="render-document"),
    path("documents/jobs/<int:pk>/archive/", many_views.archive, name="many-archive"),
    path("check/", document_views.check, name="check-form"),
    path("check/<str:code>/", document_views.check, name="check"),
]
