from ct_platform.home.models.enquiry import Enquiry, EnquiryMail
from ct_platform.home.models.partner import ShownPartner
from ct_platform.home.models.site_text import TextPublication, TextVersion

__all__ = ["Enquiry", "EnquiryMail", "ShownPartner", "TextPublication", "TextVersion"]
