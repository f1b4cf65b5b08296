"""The desk over HTTP: pages for people, an API for programs, tools for assistants."""
