"""The suites: unit, service, architecture, system, browser, chaos, bench."""
