"""Who opens each address of the public site: anybody what is public, the network what writes it."""

from tests.access_row import ANYONE, Row, act, page

SITE: dict[str, Row] = {
    "home:public": ANYONE,
    "home:idea": ANYONE,
    "home:cooperatives": ANYONE,
    "home:territory": ANYONE,
    "home:trades": ANYONE,
    "home:trade": ANYONE,
    "home:partners": ANYONE,
    "home:partner_logo": ANYONE,
    "home:start": ANYONE,
    "home:ask": ANYONE,
    "home:asked": ANYONE,
    "home:accessibility": ANYONE,
    "home:privacy": ANYONE,
    "home:legal": ANYONE,
    "home:site_map": ANYONE,
    "home:robots": ANYONE,
    "home:sitemap": ANYONE,
    "home:favicon": ANYONE,
    # --- the network writes
    "home:site": page("nora"),
    "home:site_text": page("nora"),
    "home:site_preview": page("nora"),
    "home:site_publish": act("nora"),
    "home:site_partners": page("nora"),
    "home:site_add_partner": page("nora"),
    "home:site_partner": page("nora"),
    "home:enquiries": page("nora"),
    "home:enquiry_answered": act("nora"),
}
