"""Addresses of the whole program; each module lists its own."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

# module -> where its addresses begin
MOUNTS = {
    "home": "",
    "access": "accounts/",
    "journal": "journal/",
    "rulebook": "rules/",
    "organizations": "organizations/",
    "people": "members/",
    "privacy": "privacy/",
    "notices": "notices/",
    "files": "files/",
    "documents": "documents/",
    "arrivals": "arrivals/",
    "search": "search/",
    "meetings": "meetings/",
    "guidance": "guidance/",
    "concerns": "concerns/",
    "plans": "plans/",
    "briefings": "briefings/",
    "visits": "visits/",
    "votes": "votes/",
    "quality": "quality/",
    "returns": "returns/",
    "ballots": "ballots/",
    "resolutions": "resolutions/",
    "assignments": "assignments/",
    "directives": "directives/",
    "discussions": "discussions/",
    "studies": "studies/",
    "preparing": "preparing/",
    "rooms": "rooms/",
    "calendars": "calendars/",
    "reports": "reports/",
    "importers": "imports/",
    "installation": "",
    "shared": "interface/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path(mount, include(f"nenep.{module}.urls"))
    for module, mount in MOUNTS.items()
    if apps.is_installed(f"nenep.{module}") and find_spec(f"nenep.{module}.urls")
]

handler400 = "nenep.shared.unreadable.unreadable"
