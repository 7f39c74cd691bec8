"""Small invented files, and their upload to a case of an invented force."""

from tests.integration.work.desk import CASE

from onrecord.apps.documents.services import NewDocument, upload


def pdf(*pages, font="Helvetica"):
    """Return a PDF with these words on its pages, a line each."""
    count = len(pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (count, b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))),
        b"<</Type/Font/Subtype/Type1/BaseFont/%s>>" % font.encode(),
    ]
    for number, words in enumerate(pages):
        lines = b" ".join(b"(%s) Tj T*" % line.encode() for line in words.splitlines())
        drawn = b"BT /F1 18 Tf 24 TL 40 340 Td %s ET" % lines
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 400]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    made, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(made))
    )


def kept(by, shelf, held=b"The log of that night.\n", *, name="log.txt", **changed):
    """Upload a file with what is usual."""
    usual = {"title": "Log of the night", "case_lineage": CASE}
    new = NewDocument(name=name, pieces=[held], size=len(held), **usual | changed)
    return upload(viewer=by, shelf=shelf, new=new)
