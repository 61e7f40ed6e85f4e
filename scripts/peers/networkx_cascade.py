"""Times an independent cascade written in plain Python over networkx. usage: networkx_cascade.py ACTORS HUB FILE REPEAT; prints "MS SHARE"."""
import random
import statistics
import sys
import time

import networkx as nx

actors, hub, file, repeat = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
graph = nx.read_edgelist(file, nodetype=int, create_using=nx.DiGraph)


def cascade(luck):
    seen, frontier = {hub}, [hub]
    while frontier:
        heard = []
        for actor in frontier:
            for other in graph.successors(actor):
                if other not in seen and luck.random() < 0.1:
                    seen.add(other)
                    heard.append(other)
        frontier = heard
    return len(seen)


times, shares = [], []
for k in range(repeat + 1):
    start = time.perf_counter()
    reached = cascade(random.Random(k))
    if k > 0:
        times.append((time.perf_counter() - start) * 1e3)
        shares.append(reached / actors)
print(f"{statistics.median(times):.6g} {statistics.mean(shares):.6g}")
