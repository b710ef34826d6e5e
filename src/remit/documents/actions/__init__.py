"""Every write of documents."""

from remit.documents.actions.keeping import keep_document, release_documents

__all__ = ["keep_document", "release_documents"]
