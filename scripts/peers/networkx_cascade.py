"""An independent cascade written in plain Python over networkx, a run for each line of stdin.

usage: networkx_cascade.py ACTORS HUB FILE      prints "ready", then "MS SHARE" a run, at the end "PEAK_MIB"
"""
import random
import resource
import sys
import time

import networkx as nx

actors, hub, file = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
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


print("ready", flush=True)
for number, _ in enumerate(sys.stdin):
    start = time.perf_counter()
    reached = cascade(random.Random(number))
    print(f"{(time.perf_counter() - start) * 1e3:.6g} {reached / actors:.6g}", flush=True)
print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.6g}")
