"""Write the JSON Schemas that are published beside this file; `make schema` calls it."""

from __future__ import annotations

from pathlib import Path

from onrecord.publish.schema import SHAPES, schema_text

if __name__ == "__main__":
    for kind, shape in SHAPES.items():
        target = Path(__file__).parent / f"{shape.name.replace('/', '-')}.json"
        target.write_text(schema_text(kind), encoding="utf-8")
