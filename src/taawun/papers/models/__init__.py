"""Paper, in and out: files that came in, documents that were made."""

from taawun.papers.models.documents import Document, Format, Rendering
from taawun.papers.models.files import PENDING, File, FileKind
from taawun.papers.models.uploads import Upload, UploadPiece

__all__ = ["PENDING", "Document", "File", "FileKind", "Format", "Rendering", "Upload", "UploadPiece"]
