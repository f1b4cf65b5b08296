"""The benchmarks of onrecord, their pinned floors, and the page of figures that they write."""
