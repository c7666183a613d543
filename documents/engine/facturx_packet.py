"""What the XMP packet says of a paper that carries a Factur-X invoice (Factur-X 1.0, 6.2.2).

PDF/A-3 wants every property outside its own list described by an extension schema; Factur-X gives it.
The two descriptions go inside the packet's one rdf:RDF: a second one troubles strict readers.
"""

from collections.abc import Mapping

# The name is the format's: readers look for it.
FILE_NAME = "factur-x.xml"
LEVEL = "EN 16931"
_SPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = (
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER"),
    ("Version", "The actual version of the standard applying to the embedded XML document"),
    ("ConformanceLevel", "The conformance level of the embedded XML document"),
)
_END = b"</rdf:RDF>"


def carries_invoice(files: Mapping[str, bytes]) -> bool:
    return FILE_NAME in files


def with_invoice(packet: bytes) -> bytes:
    """The packet, told that an invoice is inside. Raises ValueError for a packet of another shape."""
    if packet.count(_END) != 1:
        raise ValueError("the XMP packet does not hold one rdf:RDF")
    return packet.replace(_END, _described().encode() + _END)


def _described() -> str:
    rows = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
        for name, words in _PROPERTIES
    )
    return (
        f'<rdf:Description xmlns:fx="{_SPACE}" rdf:about="">'
        f"<fx:ConformanceLevel>{LEVEL}</fx:ConformanceLevel>"
        f"<fx:DocumentFileName>{FILE_NAME}</fx:DocumentFileName>"
        "<fx:DocumentType>INVOICE</fx:DocumentType><fx:Version>1.0</fx:Version></rdf:Description>"
        '<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
        '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{_SPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{rows}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    )
