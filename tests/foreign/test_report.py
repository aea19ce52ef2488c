"""The programme's report: every form says what the repositories hold, counted here once more.

The pairs are made up (tests/data/programme), one of them by somebody who means no good. Their meetings.md and
pair.md are read with git and counted in Python; the overview as JSON, as CSV, as Markdown and as a page must say
the same. The page is read by Python's parser, and by a browser where there is one.
"""
import collections, csv, datetime, html.parser, json, os, pathlib, re, shutil, subprocess, sys, tempfile

TURNABOUT, PROGRAMME = map(os.path.abspath, sys.argv[1:3])
TODAY = '2026-12-05'
PAIRS = 60
HOSTILE = '<script>document.title="taken"</script><img src=x onerror="document.title=1">'

folder = pathlib.Path(tempfile.mkdtemp())
home = folder / 'home'
git_folder = home / 'programme' / 'programme.git'
environment = dict(os.environ, TURNABOUT_HOME=str(home), TURNABOUT_CLOCK=TODAY + 'T10:00:00+01:00',
                   HOME=str(folder))


def run(*words, data=None):
    return subprocess.run(words, input=data, check=True, capture_output=True, env=environment, cwd=folder).stdout


def git(*words, data=None):
    return run('git', '--git-dir', str(git_folder), *words, data=data)


def hostile_stream():
    """A pair whose every text is an attack."""
    texts = {
        'pair.md': '---\nturnabout: released/1\nmentor: Eve %s\nmentee: \u202eMallory | A\ntopic: %s\n'
                   'level: takeaways\ncontract: 1\nsince: 2026-10-01T09:00:00Z\nplanned: 6\nrhythm: 3\n'
                   'minutes: 45\npromises: {open: 1, done: 0, told: 0}\n---\n# Them\n' % (HOSTILE, '=1+1 ' + 'x' * 500),
        'meetings.md': '---\nturnabout: meetings/1\n---\n# Meetings\n\n'
                       '- M1 2026-11-01T10:00:00+01:00 held as session 1, 45 min\n',
        'sessions/01/released.md': '# Session 1, 1 Nov 2026, 45 min\n- %s\n- [go](javascript:alert(1)) '
                                   '[go](JaVaScRiPt:alert(1)) ![p](https://example.org/p.png) %s\n' % (HOSTILE, 'y' * 900),
    }
    out = b'commit refs/pairs/eve-mallory\ncommitter T <t@localhost> 1793000000 +0000\ndata 1\nx\n'
    for path, text in texts.items():
        data = text.encode()
        out += b'M 100644 inline %s\ndata %d\n%s\n' % (path.encode(), len(data), data)
    return out + b'\n'


def make():
    run(TURNABOUT, 'programme', 'import', '-', data=run(PROGRAMME, '--list', '/nowhere', str(PAIRS)))
    run(TURNABOUT, 'programme', 'add', '/nowhere/eve-mallory.git')
    run(TURNABOUT, 'programme', 'add', str(folder / 'empty.git'), '--mentor', 'Kim Lee', '--mentee', 'Ada West')
    if not git_folder.exists():
        subprocess.run(['git', 'init', '-q', '--bare', str(git_folder)], check=True)
    git('fast-import', '--quiet', data=run(PROGRAMME, str(PAIRS)))
    git('fast-import', '--quiet', data=hostile_stream())
    # One is asked and says nothing; of all others, some with releases from before, there is nothing to fetch.
    subprocess.run(['git', 'init', '-q', '--bare', str(folder / 'empty.git')], check=True)
    failed = subprocess.run([TURNABOUT, 'sync', '--all'], capture_output=True, env=environment, cwd=folder)
    assert failed.returncode == 1, failed


def show(ref, path):
    found = subprocess.run(['git', '--git-dir', str(git_folder), 'show', f'{ref}:{path}'], capture_output=True)
    return found.stdout.decode() if found.returncode == 0 else ''


def count(ref):
    """What a pair released, counted without a line of the program's."""
    meetings = re.findall(r'^- M\d+ (\S+) (held|moved|cancelled|planned)(.*)$', show(ref, 'meetings.md'), re.M)
    states = [state for _, state, _ in meetings]
    by = {'mentor': 0, 'mentee': 0, 'other': 0}
    for _, state, rest in meetings:
        if state == 'cancelled':
            role = re.match(r' by (mentor|mentee)\b', rest)
            by[role.group(1) if role else 'other'] += 1
    front = dict(re.findall(r'^(\w+): (.*)$', show(ref, 'pair.md').split('\n---\n')[0], re.M))
    promises = re.match(r'\{open: (\d+), done: (\d+), told: (\d+)\}', front.get('promises', ''))
    return {'held': states.count('held'), 'moved': states.count('moved'), 'cancelled': by,
            'contract': int(front['contract']) if front.get('contract', '0') != '0' else None,
            'planned': int(front['planned']) if 'planned' in front else None,
            'promises': dict(zip(('open', 'done', 'told'), map(int, promises.groups()))) if promises else None}


def compare_json(overview):
    refs = git('for-each-ref', '--format=%(refname)', 'refs/pairs').decode().split()
    assert len(overview) == PAIRS + 2
    nothing = {'held': 0, 'moved': 0, 'cancelled': {'mentor': 0, 'mentee': 0, 'other': 0}, 'contract': None,
               'planned': None, 'promises': None}
    for pair in overview:
        ref = 'refs/pairs/' + pair['pair']
        counted = count(ref) if ref in refs else nothing
        for name, value in counted.items():
            assert pair[name] == value, (pair['pair'], name, pair[name], value)
        asked = pair['pair'] == 'kim-ada'
        assert (pair['fetched'] is not None, pair['trouble'] is None) == (asked, asked), pair
        pair['released'] = ref in refs
    assert any(not pair['released'] for pair in overview if pair['trouble'])
    assert any(pair['next'] and pair['next'][:10] < TODAY for pair in overview), 'no date has passed'
    places = [0 if pair['need'] else 1 if pair['trouble'] else 2 for pair in overview]
    assert places == sorted(places)
    assert sum(pair['held'] for pair in overview) > PAIRS


def compare_csv(overview, text):
    rows = list(csv.DictReader(text.splitlines()))
    assert [row['pair'] for row in rows] == [pair['pair'] for pair in overview]
    for row, pair in zip(rows, overview):
        def same(cell, value):
            assert row[cell] == ('' if value is None else str(value)), (pair['pair'], cell, row[cell], value)
        for name in ('contract', 'held', 'planned', 'last', 'next', 'days_since', 'moved'):
            same(name, pair[name])
        for role in ('mentor', 'mentee', 'other'):
            same('cancelled_' + role, pair['cancelled'][role])
        for state in ('open', 'done', 'told'):
            same('promises_' + state, pair['promises'][state] if pair['promises'] else None)
        assert row['need'].split() == pair['need']
        same('fetched', pair['fetched'])
        same('trouble', pair['trouble'])
        assert not any(cell[:1] in '=+-@' for cell in row.values() if cell)


def expected_row(pair):
    """What stands in a row that people read, of what can be read off it."""
    if not pair['released']:
        return 'not fetched' if pair['trouble'] else 'unsigned', '—', '—', '—', ''
    contract = (f"v{pair['contract']}" if pair['contract'] else '—') + (', not fetched' if pair['trouble'] else '')
    held = f"{pair['held']} of {pair['planned']}" if pair['planned'] else str(pair['held'])
    last, following = ((pair[name] or 'none')[:10] for name in ('last', 'next'))
    following += ', passed' if following < TODAY else ''
    return contract, held, last, following, ', '.join(pair['need'])


def expected_figures(overview):
    roles = {role: sum(pair['cancelled'][role] for pair in overview) for role in ('mentor', 'mentee', 'other')}
    return {'Pairs': len(overview), 'Pairs that need a look': sum(bool(pair['need']) for pair in overview),
            'Pairs not fetched': sum(bool(pair['trouble']) for pair in overview),
            'Contracts in force': sum(bool(pair['contract']) for pair in overview), 'Contracts unsigned': 1,
            'Contracts not known': sum(not pair['contract'] for pair in overview) - 1,
            'Sessions held': sum(pair['held'] for pair in overview),
            'Dates moved': sum(pair['moved'] for pair in overview),
            'Cancelled by the mentee': roles['mentee'], 'Cancelled by the mentor': roles['mentor'],
            'Cancelled by neither': roles['other']}


def lost_dates(ref):
    """The dates of a pair that were not held, as its page tells them."""
    for when, state, rest in re.findall(r'^- M\d+ (\S+) (moved|cancelled)(.*)$', show(ref, 'meetings.md'), re.M):
        by, notice = re.search(r'by (mentor|mentee)', rest), re.search(r'(\d+) h notice', rest)
        day = datetime.datetime.fromisoformat(when)
        hours = int(notice[1]) if notice else None
        before = ('' if hours is None else ', less than an hour before' if hours == 0 else
                  f', {hours} h before' if hours < 72 else f', {hours // 24} d before')
        yield f'{day.day} {day:%b %Y}: {state}' + (f' by the {by[1]}' if by else '') + before


def compare_pages(overview, text, bullet):
    """Behind the table: why a pair is not known better, and each date that was not held, once."""
    assert text.count('Not fetched: There is nothing at /nowhere/') == sum(bool(pair['trouble']) for pair in overview)
    wanted = collections.Counter(line for pair in overview if pair['released']
                                 for line in lost_dates('refs/pairs/' + pair['pair']))
    found = collections.Counter(line for line in re.findall(
        '^' + bullet + r'(\d+ \w{3} \d{4}: (?:moved|cancelled).*?)(?:</li>)?$', text, re.M))
    assert found == wanted and len(wanted) > PAIRS / 4, (found - wanted, wanted - found)
    kept = text.count('Only that it was held: no words of it were released.')
    assert kept == sum(pair['held'] for pair in overview if pair['released'] and
                       'level: attendance' in show('refs/pairs/' + pair['pair'], 'pair.md')) > 0


def compare_markdown(overview, text):
    rows = [[cell.strip() for cell in re.split(r'(?<!\\)\|', line)[1:-1]]
            for line in text.split('## Pairs')[1].split('## Each pair')[0].splitlines() if line.startswith('|')][2:]
    assert [(row[1], row[2], row[4], row[5], row[7]) for row in rows] == [expected_row(pair) for pair in overview]
    figures = dict(re.findall(r'^- ([A-Z][^:]*): (\d+)$', text.split('## Pairs')[0], re.M))
    for name, value in expected_figures(overview).items():
        assert figures[name] == str(value), (name, figures[name], value)
    months = re.findall(r'^- (\d{4}-\d\d): (\d+)$', text.split('## Pairs')[0], re.M)
    assert sum(int(held) for _, held in months) == sum(pair['held'] for pair in overview)
    assert text.count('\n#### Session ') == sum(pair['held'] for pair in overview)
    compare_pages(overview, text.split('## Each pair')[1], '- ')


class Page(html.parser.HTMLParser):
    """Tables as rows of (tag, attributes, text), headings, and every tag."""

    def __init__(self):
        super().__init__()
        self.rows, self.headings, self.tags, self.open, self.ids = [], [], [], [], set()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        self.ids.add(attributes.get('id'))
        if tag == 'tr':
            self.rows.append([])
        if tag in ('td', 'th'):
            self.rows[-1].append([tag, attributes, ''])
        if re.fullmatch('h[1-6]', tag):
            self.headings.append(int(tag[1]))
        if tag not in ('meta', 'br', 'hr', 'rect', 'line'):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ('rect', 'line'):
            assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if 'td' in self.open or 'th' in self.open:
            self.rows[-1][-1][2] += data


def compare_page(overview, text):
    page = Page()
    page.feed(text)
    assert page.open == []
    figures = {row[0][2]: row[1][2] for row in page.rows if len(row) == 2}
    for name, value in expected_figures(overview).items():
        assert figures[name] == str(value), (name, figures[name], value)
    head, *rows = [row for row in page.rows if len(row) == 8]
    assert all(tag == 'th' and attributes['scope'] == 'col' for tag, attributes, _ in head)
    assert all(row[0][0] == 'th' and row[0][1]['scope'] == 'row' for row in rows)
    found = [(row[1][2], row[2][2], row[4][2], row[5][2], row[7][2]) for row in rows]
    assert found == [expected_row(pair) for pair in overview]
    compare_pages(overview, text.split('<h2>Each pair</h2>')[1], '<li>')
    for before, after in zip([0] + page.headings, page.headings):
        assert after <= before + 1, 'a heading is left out'
    links = [attributes['href'] for tag, attributes in page.tags if tag == 'a']
    assert all(link[1:] in page.ids for link in links if link.startswith('#'))
    assert not [link for link in links if not link.startswith(('#', 'http://', 'https://', 'mailto:'))]
    assert not {tag for tag, _ in page.tags} & {'script', 'img', 'link', 'iframe', 'object', 'form', 'base'}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith('on') or name == 'src']
    assert 'url(' not in text and '@import' not in text and '\u202e' not in text


def see_in_browser(path):
    browser = shutil.which('chromium') or shutil.which('google-chrome')
    if not browser:
        print('no browser is here: what it would show was not looked at')
        return
    # The policy of the page itself is taken out: escaping alone has to hold.
    naked = folder / 'naked.html'
    naked.write_text(re.sub('<meta http-equiv[^>]*>', '', path.read_text()))
    words = [browser, '--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=' + str(folder / 'browser')]
    tree = subprocess.run(words + ['--dump-dom', naked.as_uri()], capture_output=True, timeout=240, env=environment).stdout.decode()
    page = Page()
    page.feed(tree)
    assert '<title>Mentoring programme</title>' in tree, 'a script ran'
    assert not {tag for tag, _ in page.tags} & {'script', 'img'}
    assert 'document.title=' in tree
    text = naked.read_text()
    (folder / 'paper.html').write_text(text.replace('@media print', '@media all').replace('max-width:40rem', 'max-width:1px'))
    for name, wide in (('naked', 390), ('naked', 1200), ('paper', 718)):
        measure(words, name, wide)


def measure(words, name, wide):
    """Within a frame of a phone, a window or a sheet nothing is wider, and the words of charts can be read."""
    frame = folder / 'frame.html'
    frame.write_text('<body><script>window.onload=()=>{let d=document.querySelector("iframe").contentDocument;'
                     'let small=Math.min(...[...d.querySelectorAll("svg text")].map(t=>parseFloat('
                     'd.defaultView.getComputedStyle(t).fontSize)*t.ownerSVGElement.getScreenCTM().a));'
                     'document.title="wide "+d.documentElement.scrollWidth+" words "+Math.floor(small)}</script>'
                     f'<iframe src="{name}.html" style="width:{wide}px;height:800px;border:0"></iframe>')
    tree = subprocess.run(words + ['--allow-file-access-from-files', '--dump-dom', frame.as_uri()],
                          capture_output=True, timeout=240, env=environment).stdout.decode()
    found = re.search(r'<title>wide (\d+) words (\d+)</title>', tree)
    assert found and int(found[1]) <= wide and int(found[2]) >= 11, (name, wide, found or tree[:300])


try:
    make()
    overview = json.loads(run(TURNABOUT, 'overview', '--json'))
    for form in ('html', 'md', 'csv'):
        run(TURNABOUT, 'overview', '--' + form, 'report.' + form)
    compare_json(overview)
    compare_csv(overview, (folder / 'report.csv').read_text())
    compare_markdown(overview, (folder / 'report.md').read_text())
    compare_page(overview, (folder / 'report.html').read_text())
    assert run(TURNABOUT, 'overview', '--html', '-') == (folder / 'report.html').read_bytes()
    see_in_browser(folder / 'report.html')
    print(f"{len(overview)} pairs, {sum(pair['held'] for pair in overview)} sessions: all forms agree")
finally:
    shutil.rmtree(folder, ignore_errors=True)
