"""The demo territory: invented people whose cohort is alive on the day the demo is opened."""

from ct_platform.home.demo.doors import demo_people, demo_user
from ct_platform.home.demo.load import load_demo

__all__ = ["demo_people", "demo_user", "load_demo"]
