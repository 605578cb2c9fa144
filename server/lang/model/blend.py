"""Averages the weights of trained readers that share a start: blend.py DEV.pickle OUT.pt A.pt B.pt ..."""
import pickle, sys

import torch

from train import encode, evaluate
from net import Reader


def main():
    saved = [torch.load(p) for p in sys.argv[3:]]
    first = saved[0]
    state = {k: sum(s["state"][k] for s in saved) / len(saved) for k in first["state"]}
    aux = {k: len(v) for k, v in first["classes"].items()}
    net = Reader(first["sizes"], first["labels"], aux, state["word.weight"].numpy())
    dev = encode([r for r in pickle.load(open(sys.argv[1], "rb")) if r["first"]], first["words"], first["classes"])
    for s in saved + [dict(state=state)]:
        net.load_state_dict(s["state"])
        print(" ".join("%.2f" % v for v in evaluate(net, dev)), flush=True)
    torch.save({**first, "state": state}, sys.argv[2])


if __name__ == "__main__":
    main()
