"""`tracker fleet at | diff | unseen | deployments | conflicts | transits | groups`."""
