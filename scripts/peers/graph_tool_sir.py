"""graph-tool's synchronous SIR with gamma = 1, a run for each line of stdin.

usage: graph_tool_sir.py ACTORS HUB FILE THREADS      prints "ready", then "MS SHARE" a run, at the end "PEAK_MIB"
"""
import resource
import sys
import time

import graph_tool as gt
import numpy as np
from graph_tool.dynamics import SIRState

actors, hub, file, threads = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
gt.openmp_set_num_threads(threads)
graph = gt.Graph(directed=True)
graph.add_vertex(actors)
graph.add_edge_list(np.fromfile(file, dtype=np.int64, sep=" ").reshape(-1, 2))
seed = graph.vertex(hub)
print("ready", flush=True)
for number, _ in enumerate(sys.stdin):
    gt.seed_rng(number + 1)
    state = SIRState(graph, beta=0.1, gamma=1, v0=seed)
    start = time.perf_counter()
    while state.iterate_sync():
        pass
    took = (time.perf_counter() - start) * 1e3
    print(f"{took:.6g} {float((state.get_state().a != 0).sum()) / actors:.6g}", flush=True)
print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.6g}")
