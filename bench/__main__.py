"""`python -m bench`: the measurements of understanding, run in the assistant's environment by `./hearth bench understanding`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench.data_sets import read_set, score, score_public
from bench.understanding import model_file, report


def main() -> None:
    wanted = argparse.ArgumentParser(prog="./hearth bench understanding")
    wanted.add_argument("--train", type=Path)
    wanted.add_argument("--test", type=Path)
    wanted.add_argument("--public", type=Path)
    wanted.add_argument("--misses", action="store_true")
    wanted.add_argument("--json", action="store_true")
    given = wanted.parse_args()
    if given.train or given.test:
        if not (given.train and given.test):
            raise SystemExit("Give both --train and --test.")
        found = score(read_set(given.train), read_set(given.test))
    elif given.public:
        found = score_public(given.public)
    else:
        print(report(model_file(), as_json=given.json, with_misses=given.misses))
        return
    print(json.dumps(found) if given.json else json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
