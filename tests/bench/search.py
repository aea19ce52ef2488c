"""How fast a programme of 10,000 pairs is searched, indexed and reported: search.py TURNABOUT PROGRAMME [PAIRS]

The programme is made up (tests/data/programme). Whole processes are compared with ripgrep over the same texts as
files; keys are timed from a pseudo-terminal, to the last byte that answers them.
"""
import json, os, pathlib, pty, resource, select, shutil, sqlite3, statistics, subprocess, sys, tempfile, time
import fcntl, struct, termios

TURNABOUT, PROGRAMME = map(os.path.abspath, sys.argv[1:3])
PAIRS = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
ROUNDS = int(os.environ.get('BENCH_ROUNDS', '20'))
NOWHERE, ONCE, COMMON = 'zebra', 'zeppola', ('quarter', 'urgent')
REST = 150  # milliseconds after the last key before hits are ranked (src/tui/screens/search.c)

folder = pathlib.Path(tempfile.mkdtemp())
home, texts = folder / 'home', folder / 'texts'
environment = dict(os.environ, TURNABOUT_HOME=str(home), TURNABOUT_CLOCK='2026-11-22T10:00:00+01:00',
                   TERM='xterm-256color', LC_ALL='C.UTF-8', COLUMNS='100', LINES='30')


def run(*words, data=None):
    return subprocess.run([str(word) for word in words], input=data, check=True, capture_output=True,
                          env=environment, cwd=folder).stdout


def timed(*words):
    began = time.perf_counter()
    subprocess.run([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env=environment, cwd=folder)
    return time.perf_counter() - began


def say(what, value):
    print(f'{what:58} {value}', flush=True)


def make(pairs, weeks=100):
    """A programme of so many pairs, in place of the one before: how many sessions it has, more where more weeks
    have gone."""
    shutil.rmtree(home, ignore_errors=True)
    run(TURNABOUT, 'programme', 'import', '-', data=run(PROGRAMME, '--list', '/nowhere', pairs))
    git_folder = home / 'programme' / 'programme.git'
    if not git_folder.exists():
        run('git', 'init', '-q', '--bare', git_folder)
    history = run(PROGRAMME, pairs, '20261122', '2026-11-22', weeks)
    at = history.index(COMMON[0].encode(), len(history) // 2)
    history = history[:at] + ONCE.encode() + history[at + len(ONCE):]
    run('git', '--git-dir', git_folder, 'fast-import', '--quiet', data=history)
    run('git', '--git-dir', git_folder, 'pack-refs', '--all')
    overview = json.loads(run(TURNABOUT, 'overview', '--json'))
    return sum(pair['held'] for pair in overview)


def write_texts():
    """The same texts as files, one each."""
    rows = sqlite3.connect(home / 'programme' / 'programme.db').execute(
        'SELECT slug, session FROM released_session JOIN programme_pair ON programme_pair.id = pair').fetchall()
    names = ''.join(f'refs/pairs/{slug}:sessions/{session:02}/released.md\n' for slug, session in rows)
    said = run('git', '--git-dir', home / 'programme' / 'programme.git', 'cat-file', '--batch', data=names.encode())
    at = size = count = 0
    for slug, session in rows:
        end = said.index(b'\n', at)
        head = said[at:end].split()
        at = end + 1
        if head[-1] == b'missing':
            continue
        length = int(head[2])
        (texts / slug).mkdir(parents=True, exist_ok=True)
        (texts / slug / f'{session}.md').write_bytes(said[at:at + length])
        at += length + 1
        size += length
        count += 1
    return count, size


class App:
    """The program in a terminal."""

    def __init__(self, *words):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execve(str(words[0]), [str(word) for word in words], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 30, 100, 0, 0))
        self.settle(0.5)

    def settle(self, quiet):
        """Reads until nothing more comes: when the last byte did."""
        last = time.perf_counter()
        while select.select([self.terminal], [], [], quiet)[0]:
            try:
                if not os.read(self.terminal, 65536):
                    break
            except OSError:
                break
            last = time.perf_counter()
        return last

    def used(self):
        """Milliseconds of the processor so far."""
        return int(pathlib.Path(f'/proc/{self.child}/schedstat').read_text().split()[0]) / 1e6

    def press(self, keys, quiet):
        began = time.perf_counter()
        os.write(self.terminal, keys)
        return self.settle(quiet) - began

    def close(self):
        os.write(self.terminal, b'\x1b')
        self.settle(0.2)
        os.write(self.terminal, b'q')
        self.settle(0.2)
        os.close(self.terminal)
        os.waitpid(self.child, 0)


def p90(values):
    return sorted(values)[int(len(values) * 0.9)]


def type_words(words):
    """Milliseconds to the list, of each key of words that are typed one by one; and from when typing rests to the
    ranked list, of each word."""
    app = App(TURNABOUT, 'overview')
    app.press(b'/', 0.3)
    keys, used, ranked = [], [], []
    for _ in range(max(1, ROUNDS // len(words))):
        for word in words:
            for letter in word:
                before, began = app.used(), time.perf_counter()
                keys.append(app.press(letter.encode(), 0.06) * 1000)
                used.append(app.used() - before)
            rested = began + REST / 1000
            ended = app.settle(0.4)
            ranked += [(ended - rested) * 1000] if ended > rested else []
            app.press(b'\x15', 0.4)
    app.close()
    return keys, used, ranked


def settle():
    """Lets the disk write what it has to: files are slow to make for some seconds after others were written or
    deleted."""
    os.sync()
    time.sleep(10)


def compare(word):
    ours = [timed(TURNABOUT, 'search', word) for _ in range(ROUNDS)]
    theirs = [timed('rg', '-i', '-w', '--no-heading', word, texts) for _ in range(max(3, ROUNDS // 4))]
    return statistics.median(ours), statistics.median(theirs)


def fill():
    for name in home.glob('search.db*'):
        name.unlink()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = timed(TURNABOUT, 'search', COMMON[1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report():
    """Seconds, and KiB at their most: all that was resident (VmHWM), and of it what is the program's own (RssAnon);
    the rest are pages of the repository's index and of libraries, which the system has anyway."""
    began, memory, own = time.perf_counter(), 0, 0
    child = subprocess.Popen([TURNABOUT, 'overview', '--html', str(folder / 'r.html')], env=environment,
                             stdout=subprocess.DEVNULL)
    while child.poll() is None:
        status = dict(line.split(':') for line in pathlib.Path(f'/proc/{child.pid}/status').read_text().splitlines())
        memory = max(memory, int(status.get('VmHWM', '0 kB').split()[0]))
        own = max(own, int(status.get('RssAnon', '0 kB').split()[0]))
        time.sleep(0.01)
    return time.perf_counter() - began, memory, own


def say_report(pairs, sessions):
    took, memory, own = report()
    say(f'report of {pairs} pairs, {sessions} sessions, as a page', f'{took:.1f} s, {memory / 1024:.1f} MB, its own {own / 1024:.1f} MB')


try:
    sessions = make(PAIRS)
    count, size = write_texts()
    took, processor = fill()
    say('sessions, of them with words, and their size', f'{sessions}, {count}, {size / 1e6:.0f} MB')
    say('index filled, sessions a second (of processor time)', f'{sessions / took:.0f} ({sessions / processor:.0f})')
    say('text and index on the disk, x the texts', f"{(home / 'search.db').stat().st_size / size:.2f}")
    settle()
    for word in (NOWHERE, ONCE, *COMMON):
        found = run(TURNABOUT, 'search', '-n', '1000000', word).count(b'\n')
        if shutil.which('rg'):
            ours, theirs = compare(word)
            say(f'search {word} ({found} lines), x ripgrep', f'{ours / theirs:.3f} ({ours * 1000:.1f} ms)')
    keys, used, ranked = type_words([COMMON[1], ONCE, NOWHERE, 'the first', 'kind:question who'])
    say('list after a key, p50 and p90', f'{statistics.median(keys):.1f}, {p90(keys):.1f} ms')
    say('ranked after typing rests, p50 and p90', f'{statistics.median(ranked):.1f}, {p90(ranked):.1f} ms')
    say('the same list, of the processor', f'{statistics.median(used):.1f}, {p90(used):.1f} ms')
    say_report(PAIRS, sessions)
    say_report(PAIRS, make(PAIRS, 20))
    say_report(PAIRS // 10, make(PAIRS // 10))
finally:
    shutil.rmtree(folder, ignore_errors=True)
