from testimonials.models.publication import Publication
from testimonials.models.testimonial import Testimonial

__all__ = ["Publication", "Testimonial"]
