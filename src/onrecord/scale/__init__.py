"""Archives at scale: shards of pages to Parquet of readings, on one machine or many, without a ledger."""

from onrecord.scale.manifest import Manifest, read_manifest
from onrecord.scale.running import DOCUMENTS, Engine, Step, over_pool, scale

__all__ = ["DOCUMENTS", "Engine", "Manifest", "Step", "over_pool", "read_manifest", "scale"]
