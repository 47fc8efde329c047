"""Does all of it hold? The folders mirror the packages; house_checks.py is what every page must pass."""
