"""Links from a PDF of ours to the files that lie beside it, wherever both are put."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def links_beside(content: bytes, here: str) -> bytes:
    """Every link whose address begins with `here` leads to the path that follows it.

    Another PDF is opened in the reader; any other file is a relative address.
    """
    drawn = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            for link in page.obj.get("/Annots", pikepdf.Array()):
                address = str(link.get("/A", pikepdf.Dictionary()).get("/URI", ""))
                if address.startswith(here):
                    link["/A"] = _action(address.removeprefix(here))
        pdf.save(drawn, deterministic_id=True)
    return drawn.getvalue()


def _action(path: str) -> pikepdf.Dictionary:
    if not path.endswith(".pdf"):
        return pikepdf.Dictionary(S=pikepdf.Name.URI, URI=path)
    file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=path, UF=path)
    page = pikepdf.Array([0, pikepdf.Name.Fit])
    return pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=file, D=page, NewWindow=True)
