"""Killed at random points and started again: none twice, none lost, every uncertain one named."""
import collections, os, random, subprocess, time


def run(test, messages, deaths):
    seed = int(os.environ.get("SEED", "1"))
    random.seed(seed)
    server = test.serve(tls="none", jitter=6)
    batch = test.batch(["ok-%d@d%d.example.org" % (i, i % 7) for i in range(messages)])
    command = batch.command(url=server.url)
    # So that the last death falls near the last message: about what a run sends between two.
    fair, died, runs = 0.035 * messages / deaths, 0, 0
    while died < deaths:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        runs += 1
        try:
            process.wait(timeout=random.random() * 2 * fair)
            break  # all was sent before
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            died += 1
    between = {copy: states[-1][0] for copy, states in batch.noted().items()}
    last = batch.post(url=server.url)
    taken = collections.Counter(server.taken())
    states = dict(zip([copy for copy, _ in batch.jobs], batch.last()))
    noted = batch.noted()
    count = collections.Counter(states.values())
    test.expect("kills: the last run ends well", "finished", last.end)
    test.expect("kills: none twice", [], [c for c, n in taken.items() if n > 1])
    test.expect("kills: each has one of two ends", [], [(c, s) for c, s in states.items() if s not in ("accepted", "uncertain")])
    test.expect("kills: what is accepted was taken", [], [c for c, s in states.items() if s == "accepted" and taken[c] != 1])
    test.expect("kills: none lost without a word", [], [c for c, s in states.items() if s != "uncertain" and not taken[c]])
    test.expect("kills: each uncertain one is named with its cause", [],
                [c for c, s in states.items() if s == "uncertain" and not noted[c][-1][1].startswith("上次运行")])
    # A claim that a death left open is uncertain afterwards, whatever the server knows of it.
    test.expect("kills: no claim is left", [], [c for c, s in between.items() if s == "claimed" and states[c] != "uncertain"])
    test.expect("kills: one claim a message", [], [c for c, s in noted.items() if sum(state == "claimed" for state, _ in s) != 1])
    reached = sum(1 for c, s in states.items() if s == "uncertain" and taken[c])
    test.expect("kills: as many as there should be", True, died >= deaths * 0.8)
    test.expect("kills: some came in the middle of a message", True, count["uncertain"] >= deaths * 0.3)
    print("mail: %d messages, killed %d times (seed %d): %d accepted, %d uncertain, of which %d had been taken" %
          (messages, died, seed, count["accepted"], count["uncertain"], reached))
    server.stop()
