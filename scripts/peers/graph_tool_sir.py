"""Times graph-tool's synchronous SIR with gamma = 1. usage: graph_tool_sir.py ACTORS HUB FILE REPEAT THREADS; prints "MS SHARE"."""
import statistics
import sys
import time

import graph_tool as gt
import numpy as np
from graph_tool.dynamics import SIRState

actors, hub, file, repeat, threads = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
gt.openmp_set_num_threads(threads)
graph = gt.Graph(directed=True)
graph.add_vertex(actors)
graph.add_edge_list(np.fromfile(file, dtype=np.int64, sep=" ").reshape(-1, 2))
seed = graph.vertex(hub)
times, shares = [], []
for k in range(repeat + 1):
    gt.seed_rng(k + 1)
    state = SIRState(graph, beta=0.1, gamma=1, v0=seed)
    start = time.perf_counter()
    while state.iterate_sync():
        pass
    took = (time.perf_counter() - start) * 1e3
    if k > 0:
        times.append(took)
        shares.append(float((state.get_state().a != 0).sum()) / actors)
print(f"{statistics.median(times):.6g} {statistics.mean(shares):.6g}")
