"""How each model that onrecord ships was made: one command a model."""
