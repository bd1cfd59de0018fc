"""The addresses that the editor's script and forms call; the editor itself is at Wagtail's own edit address."""

from django.urls import path

from translations.views import editor_overrides, editor_preview, editor_review, editor_talk, editor_texts

app_name = "translations_editor"

urlpatterns = [
    path("token/", editor_texts.token, name="token"),
    path("texts/<int:segment_id>/", editor_texts.beside, name="beside"),
    path("texts/<int:segment_id>/save/", editor_texts.save, name="save"),
    path("texts/<int:segment_id>/confirm/", editor_texts.confirm, name="confirm"),
    path("texts/<int:segment_id>/restore/", editor_texts.restore, name="restore"),
    path("texts/<int:segment_id>/check/", editor_texts.check, name="check"),
    path("texts/<int:segment_id>/dismiss/", editor_texts.dismiss, name="dismiss"),
    path("overrides/<int:segment_id>/", editor_overrides.override, name="override"),
    path("comments/", editor_talk.comment, name="comment"),
    path("comments/<int:comment_id>/resolve/", editor_talk.resolve, name="resolve"),
    path("presence/", editor_talk.report, name="presence"),
    path("review/hand-in/", editor_review.hand_in, name="hand_in"),
    path("review/accept/", editor_review.accept, name="accept"),
    path("review/send-back/", editor_review.send_back, name="send_back"),
    path("preview/", editor_preview.preview, name="preview"),
    path("preview/<str:mode>/", editor_preview.preview, name="preview"),
]
