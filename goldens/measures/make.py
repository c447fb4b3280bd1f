"""What trec_eval 9.0.4 says of generated runs and of the runs for TREC DL 2019 and 2020, in full precision.

    python make.py TREC_EVAL [DATA]

TREC_EVAL is the binary, DATA the folder that holds test/trec-dl19 and test/trec-dl20. Without DATA only the
generated runs are written.
"""

import gzip
import json
import math
import random
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
RUNS = 200


def full_precision(binary: Path, folder: Path) -> Path:
    """A copy that prints 17 significant digits: both formats take five bytes."""
    patched = folder / "trec_eval"
    patched.write_bytes(binary.read_bytes().replace(b"%6.4f", b"%.17g"))
    patched.chmod(patched.stat().st_mode | stat.S_IXUSR)
    return patched


def number(text: str):
    value = float(text)
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else value


def evaluate(trec_eval: Path, qrels: Path, run: Path, *options: str) -> dict:
    """By query, and `all`: measure → value; null where trec_eval prints nan."""
    command = [trec_eval, "-m", "all_trec", *options, qrels, run]
    output = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf8")
    table: dict = {}
    for line in output.splitlines():
        measure, query, value = line.split("\t")
        if measure.strip() not in ("runid", "relstring"):
            table.setdefault(query, {})[measure.strip()] = number(value)
    return table


ALPHABETS = ["ab", "0123456789", "aB-_.", "é\ud7ff\ue000ｱ\uffef", "z\U00010000😀\ue123", "日本語のü"]


def identifiers(rng: random.Random, count: int) -> list[str]:
    alphabet = rng.choice(ALPHABETS)
    length = max(2, math.ceil(math.log(count * 3) / math.log(len(alphabet))))
    ids: set[str] = set()
    while len(ids) < count:
        ids.add("".join(rng.choice(alphabet) for _ in range(rng.randint(1, length) if rng.random() < 0.2 else length)))
    shuffled = sorted(ids)
    rng.shuffle(shuffled)
    return shuffled


def score(rng: random.Random, kind: str) -> str:
    if kind == "levels":
        return str(rng.randint(-2, 3))
    if kind == "fine":  # differ in float64, often not in float32
        return repr(17 + rng.randint(0, 12) * 2e-7)
    if kind == "formats":
        return rng.choice(["1e-3", "-5", "+3.5", ".5", "5.", "1E2", "-0", "0", "0.0010", "3.5", "-1.5e+1", "2.50"])
    if kind == "huge":
        return repr(rng.uniform(-1, 1) * 10.0 ** rng.randint(-30, 30))
    return repr(rng.gauss(0, 5))


def grades(rng: random.Random, highest: int) -> list[int]:
    kind = rng.random()
    if kind < 0.06:
        return [0]
    if kind < 0.1:
        return [-1]
    if kind < 0.3:
        return [-2, -1, 0, *range(highest + 1)]
    return list(range(highest + 1)) if kind < 0.8 else [highest]


def generate(seed: int) -> dict:
    rng = random.Random(seed)
    deep = seed % 20 == 0
    highest = rng.choice([1, 1, 2, 3, 5])
    qrels, run = [], []
    for topic in range(rng.randint(1, 2) if deep else rng.randint(2, 6)):
        # The first query has a grade of 0 or more: trec_eval reads stray memory where it has none.
        name = f"{rng.choice(['q', 'é', '1', '10', '9'])}{topic}" if topic else "0"
        ids = identifiers(rng, rng.randint(1100, 2600) if deep else rng.randint(2, 70))
        judged = [] if topic and rng.random() < 0.12 else ids[: rng.randint(1, len(ids))]
        palette = grades(rng, highest) if topic else [0, 1, highest]
        for document in judged:
            qrels.append((name, "0", document, str(rng.choice(palette))))
        rng.shuffle(ids)
        if topic and rng.random() < 0.12:
            continue
        kind = rng.choice(["levels", "fine", "formats", "huge", "plain", "plain"])
        for rank, document in enumerate(ids[: rng.randint(1, len(ids))]):
            run.append((name, "Q0", document, str(rank + 1), score(rng, kind), "run"))
    rng.shuffle(qrels)
    rng.shuffle(run)
    return {
        "qrels": "".join(" ".join(line) + "\n" for line in qrels),
        "run": "".join("\t".join(line) + "\n" for line in run),
    }


def columns(table: dict) -> dict:
    """The same as lists, so that the names of the measures stand once."""
    names = list(table["all"])
    return {
        "measures": names,
        "queries": {query: [row.get(name) for name in names] for query, row in table.items()},
    }


def generated(trec_eval: Path, folder: Path) -> list[dict]:
    cases = []
    for seed in range(RUNS):
        case = generate(seed)
        qrels, run = folder / "qrels", folder / "run"
        qrels.write_bytes(case["qrels"].encode("utf8"))
        run.write_bytes(case["run"].encode("utf8"))
        case["expected"] = columns(evaluate(trec_eval, qrels, run, "-q"))
        case["complete"] = list(evaluate(trec_eval, qrels, run, "-c")["all"].values())
        if seed % 3 == 0:
            case["level2"] = columns(evaluate(trec_eval, qrels, run, "-q", "-l", "2"))
            case["level2Complete"] = list(evaluate(trec_eval, qrels, run, "-c", "-l", "2")["all"].values())
        if seed % 4 == 1:
            case["judgedOnly"] = columns(evaluate(trec_eval, qrels, run, "-q", "-J"))
        cases.append(case)
    return cases


def deep_learning(trec_eval: Path, folder: Path, data: Path) -> dict:
    tables: dict = {}
    for year in ("trec-dl19", "trec-dl20"):
        lines = (data / "test" / year / "qrels" / "full.tsv").read_text("utf8").splitlines()[1:]
        qrels = folder / year
        qrels.write_text("".join("{} 0 {} {}\n".format(*line.split("\t")) for line in lines), "utf8")
        for run in sorted((data / "test" / year / "runs").glob("*.trec")):
            tables[f"{year}/{run.stem}"] = {
                name: evaluate(trec_eval, qrels, run, *options)["all"]
                for name, options in {
                    "common": [],
                    "judged": ["-c"],
                    "common, rel=2": ["-l", "2"],
                    "judged, rel=2": ["-c", "-l", "2"],
                }.items()
            }
    return tables


def write(name: str, value) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    (HERE / name).write_bytes(gzip.compress(text.encode("utf8"), 9, mtime=0))
    print(name, (HERE / name).stat().st_size)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trec_eval = full_precision(Path(sys.argv[1]), folder)
        write("generated.json.gz", generated(trec_eval, folder))
        if len(sys.argv) > 2:
            write("trec-dl.json.gz", deep_learning(trec_eval, folder, Path(sys.argv[2])))


main()
