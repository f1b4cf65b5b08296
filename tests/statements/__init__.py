"""Tests of the statements room."""
