"""The whole training step of pytorch_peer.py by DistributedDataParallel, for benchmarks/FastRnn.Benchmarks/Ranks: two processes of one
thread on a core each, over Gloo on the loopback device. Each has half of the batch, so the mean of both gradients is that of the batch.

    ddp_peer.py INPUT HIDDEN LAYERS BATCH STEPS INPUT_SIZE VOCABULARY SECONDS

Each rank writes a line: {"rank": 0, "step_ns": median, "bytes": 0, "loss": of the whole batch in the first step, "exchange_ns": 0}.
"""

import json
import os
import subprocess
import sys
import time

import torch
import torch.distributed

from pytorch_peer import Numbers, WholeTrainingStep

RANKS = 2
LEAST_STEPS = 7


class Network(torch.nn.Module):
    def __init__(self, step):
        super().__init__()
        self.embedding, self.layers, self.dense = step.embedding, step.layers, step.dense

    def forward(self, tokens, state):
        y, state = self.layers(self.embedding(tokens), state)
        return self.dense(y), tuple(s.detach() for s in state)


class Shard(WholeTrainingStep):
    def __init__(self, workload, numbers, rank):
        super().__init__(workload, numbers)
        count = workload["batch"] // RANKS
        mine = slice(rank * count, (rank + 1) * count)
        self.targets = self.targets.reshape(self.tokens.shape)[:, mine].reshape(-1)
        self.tokens = self.tokens[:, mine].contiguous()
        self.network = torch.nn.parallel.DistributedDataParallel(Network(self), gradient_as_bucket_view=True)
        # What it puts out are logits already.
        self.dense = torch.nn.Identity()

    def outputs(self):
        logits, self.state = self.network(self.tokens, self.state)
        return logits


def median(step, count):
    times = []
    for _ in range(count):
        begin = time.perf_counter_ns()
        step.run(1)
        times.append(time.perf_counter_ns() - begin)
    return sorted(times)[count // 2]


def work(rank, file, sizes, seconds):
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[rank % len(cores)]})
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=f"file://{file}.store", rank=rank, world_size=RANKS)
    names = ("hidden", "layers", "batch", "steps", "input", "vocabulary")
    step = Shard({"cell": "lstm", **dict(zip(names, sizes))}, Numbers(file), rank)
    step.run(1)
    loss = step.loss.detach() / RANKS
    torch.distributed.all_reduce(loss)
    count = torch.tensor([max(LEAST_STEPS, int(seconds / 2 * 1e9 / median(step, LEAST_STEPS)))])
    torch.distributed.broadcast(count, 0)
    median(step, int(count))
    line = {"rank": rank, "step_ns": median(step, 2 * int(count)), "bytes": 0, "loss": float(loss), "exchange_ns": 0}
    print(json.dumps(line), flush=True)
    torch.distributed.destroy_process_group()


def main():
    if len(sys.argv) == 10:
        work(int(sys.argv[9]), sys.argv[1], [int(size) for size in sys.argv[2:8]], float(sys.argv[8]))
        return
    os.environ["GLOO_SOCKET_IFNAME"] = "lo"
    ranks = [subprocess.Popen([sys.executable, *sys.argv, str(rank)]) for rank in range(RANKS)]
    sys.exit(max(abs(rank.wait()) for rank in ranks))


if __name__ == "__main__":
    main()
