"""Who is who: the desk at which links are judged, and why a link is there."""
