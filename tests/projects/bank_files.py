"""Statements as French banks write them, and files that are none."""

CSV = (
    "Date;Libellé;Débit;Crédit\r\n"
    "03/11/2026;VIR SEPA RECU EPICERIE DU CANAL F-1;;120,00\r\n"
    "04/11/2026;PRLV EDF;85,20;\r\n"
    "05/11/2026;VIR VILLE DE VALBRUNE;;1 250,00\r\n"
    "05/11/2026;REMISE CB 221;;36,50\r\n"
)
SIGNED = (
    "Compte courant 30003 00000 12345678901;;\n"
    "Période du 01/11/2026 au 30/11/2026;;\n"
    '"Date opération";"Date valeur";"Libellé opération";"Montant (EUR)"\n'
    '03/11/2026;03/11/2026;"VIR SEPA RECU; EPICERIE DU CANAL F-1";"120,00"\n'
    "04/11/2026;04/11/2026;PRLV EDF;-85,20\n"
    ";;Solde au 30/11/2026;1 234,00\n"
)
IN_DOUBT = (
    "03/11/2026;VIR SEPA RECU EPICERIE DU CANAL F-1;120,00\n04/11/2026;PRLV EDF;-85,20\n"
    "05/11/2026;VIR VILLE DE VALBRUNE;1250,00\n"
)


def ofx(*moves: tuple[str, str, str], account: str = "12345678901", currency: str = "EUR") -> bytes:
    """OFX 1 (SGML) with (day, amount, name)."""
    body = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{n}<NAME>{name}</STMTTRN>\n"
        for n, (day, amount, name) in enumerate(moves)
    )
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
        "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
        "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261130"
        "<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0"
        f"<SEVERITY>INFO</STATUS><STMTRS><CURDEF>{currency}<BANKACCTFROM><BANKID>30003<ACCTID>{account}"
        "<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261130\n"
        f"{body}</BANKTRANLIST><LEDGERBAL><BALAMT>10.00<DTASOF>20261130</LEDGERBAL></STMTRS></STMTTRNRS>"
        "</BANKMSGSRSV1></OFX>"
    ).encode("cp1252")


OFX = ofx(
    ("20261103", "120.00", "EPICERIE DU CANAL F-1"), ("20261104", "-85.20", "EDF"),
    ("20261105", "1250.00", "VILLE DE VALBRUNE"),
)  # fmt: skip
OFX_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
    "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><ACCTID>FR761234</ACCTID>"
    "</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20261103120000</DTPOSTED>"
    "<TRNAMT>120.00</TRNAMT><FITID>1</FITID><NAME>ÉPICERIE</NAME><MEMO>F-1</MEMO></STMTTRN>"
    "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
).encode()

# The month of CSV again, as the bank words it in its other export.
SAME_IN_OFX = ofx(
    ("20261103", "120.00", "EPICERIE DU CANAL"), ("20261105", "1250.00", "COMMUNE VALBRUNE"),
    ("20261105", "36.50", "REMISE CB 221"), ("20261106", "9.00", "NOUVEAU"),
)  # fmt: skip


def camt(version: int = 2, account: str = "FR1420041010050500013M02606", ccy: str = "EUR") -> bytes:
    """CAMT.053, as the second version of ISO 20022 writes it, or as the eighth and later do: a credit, a
    batch told in two, a debit, and a credit that is only expected."""
    late = version >= 8

    def status(code: str) -> str:
        return f"<Sts><Cd>{code}</Cd></Sts>" if late else f"<Sts>{code}</Sts>"

    def payer(name: str) -> str:
        if not name:
            return ""
        told = f"<Nm>{name}</Nm>"
        return f"<RltdPties><Dbtr>{f'<Pty>{told}</Pty>' if late else told}</Dbtr></RltdPties>"

    def entry(amount: str, sign: str, day: str, details: str, code: str = "BOOK") -> str:
        return (
            f'<Ntry><Amt Ccy="{ccy}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status(code)}'
            f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><BkTxCd><Prtry><Cd>VIR</Cd>"
            f"</Prtry></BkTxCd><NtryDtls>{details}</NtryDtls></Ntry>"
        )

    def detail(name: str, words: str, amount: str, sign: str = "CRDT") -> str:
        money = f'<Amt Ccy="{ccy}">{amount}</Amt>'
        if version < 4:
            money = f"<AmtDtls><TxAmt>{money}</TxAmt></AmtDtls>"
        else:
            money += f"<CdtDbtInd>{sign}</CdtDbtInd>"
        return (
            f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{money}"
            f"{payer(name)}<RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls>"
        )

    own = f"<Id><IBAN>{account}</IBAN></Id><Ccy>{ccy}</Ccy>"
    day = "<Dt><Dt>2026-11-30</Dt></Dt>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:'
        f'camt.053.001.{version:02}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-30T18:00:00'
        f"</CreDtTm></GrpHdr><Stmt><Id>1</Id><ElctrncSeqNb>11</ElctrncSeqNb><CreDtTm>2026-11-30T18:00:00"
        f"</CreDtTm><Acct>{own}</Acct><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{ccy}">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{day}</Bal>'
        + entry("120.00", "CRDT", "2026-11-03", detail("EPICERIE DU CANAL", "Facture F-1", "120.00"))
        + entry("85.20", "DBIT", "2026-11-04", detail("EDF", "PRLV", "85.20", "DBIT"))
        + entry(
            "1286.50", "CRDT", "2026-11-05",
            detail("VILLE DE VALBRUNE", "Mandat 12", "1250.00") + detail("", "REMISE CB", "36.50"),
        )
        + entry("77.00", "CRDT", "2026-11-30", detail("PLUS TARD", "x", "77.00"), code="PDNG")
        + "</Stmt></BkToCstmrStmt></Document>"
    ).encode()  # fmt: skip
