"""One file for every reader and for the archive: PDF/A-2a (ISO 19005-2) that is PDF/UA-1 (ISO 14289-1) too.

WeasyPrint writes one of the two. It is asked for PDF/A-2a — fonts and colour profile in the file, an
identifier, tags — and PDF/UA-1 is declared beside it in the metadata. PDF/A wants every property that
is not its own described there as well.
"""

from __future__ import annotations

from typing import Any

VARIANT = "pdf/a-2a"

_UNIVERSAL_ACCESS = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    b' pdfuaid:part="1" />'
    b'<rdf:Description rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>The part of ISO 14289 that is met</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
_END = b"</rdf:RDF>"


def declare_universal_access(metadata: Any) -> None:
    """Adds PDF/UA-1 to what a rendered document's `metadata` says of itself: XMP holds one RDF alone."""
    alone = metadata.generate_rdf_metadata

    def both(*about: Any) -> bytes:
        said: bytes = alone(*about)
        assert said.endswith(_END), "the library writes its metadata in another way"
        return said.removesuffix(_END) + _UNIVERSAL_ACCESS + _END

    metadata.generate_rdf_metadata = both
