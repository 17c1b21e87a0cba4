"""What the machine is, and how much of it others use while something is timed."""
import os
import platform
import resource
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def busy():
    """Seconds that all processors have worked since the start of the machine."""
    with open("/proc/stat") as f:
        times = [int(v) for v in f.readline().split()[1:9]]
    return (sum(times) - times[3] - times[4]) / os.sysconf("SC_CLK_TCK")


def of_process(pid):
    """Seconds that a process and the children it has waited for have worked."""
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return sum(int(v) for v in fields[11:15]) / os.sysconf("SC_CLK_TCK")


QUIET = 0.06  # times count where others use less of the machine


def settle(seconds):
    """Waits until others have left the machine alone for a second, at most for
    as long as told."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        watch = Watch()
        time.sleep(1)
        if watch.others() < QUIET:
            return


class Watch:
    """Tells which share of the machine others used since its start: neither
    this process, nor its children, nor the given process that still runs."""

    def __init__(self, running=None):
        self.running = running
        self.start = self.now()

    def now(self):
        own = sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
        return time.perf_counter(), busy(), own + (of_process(self.running) if self.running else 0)

    def others(self):
        wall, all_of_it, own = (b - a for a, b in zip(self.start, self.now()))
        return max(0.0, all_of_it - own) / max(wall, 1e-9) / os.cpu_count()


def describe():
    """The versions and threads of both sides, one fact a line."""
    import numpy as np
    import sklearn.utils  # which loads its thread pools
    import threadpoolctl
    from importlib.metadata import version
    go = subprocess.run(["go", "env", "GOVERSION"], capture_output=True, text=True, cwd=ROOT).stdout.strip().removeprefix("go")
    pools = ", ".join(sorted({f"{p['internal_api']} {p['version'] or ''} {p.get('architecture', '')} {p['num_threads']} threads".replace("  ", " ")
                              for p in threadpoolctl.threadpool_info()}))
    return [
        f"{os.cpu_count()} processors, {processor()}; {platform.system()} {platform.release()}",
        f"Go {go}; Python {platform.python_version()}, scikit-learn {sklearn.__version__}, LightGBM {version('lightgbm')}, "
        f"XGBoost {version('xgboost-cpu')}, numpy {np.__version__}, pandas {version('pandas')}, polars {version('polars')}",
        f"ClickTrain uses {os.cpu_count()} threads in a fit; the others n_jobs={os.cpu_count()} or -1; {pools}",
    ]


def processor():
    with open("/proc/cpuinfo") as f:
        return next((line.split(":", 1)[1].strip() for line in f if line.startswith("model name")), platform.machine())
