"""How much of an upload is taken in: no more than a document may have, whatever is sent."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from onrecord.core.documents import judging
from onrecord.web.documents.forms import TOO_LARGE


class Limited(FileUploadHandler):
    """Let a file go by once it is larger than a document may be; nothing more of it is written."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, or leave the rest of the file out.

        Raises:
            SkipFile: the file is too large; the form is told so.
        """
        if start + len(raw_data) > judging.LARGEST:
            if self.request is not None:
                self.request.META[TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""
