/**
 * A small tree with our real set-up scripts, and stand-ins for everything that they start: npm, Python,
 * Vite and our own commands. Each stand-in writes down that it was called.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRoot } from '#config';

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface SmallTree {
  folder: string;
  /** Names of the stand-ins in the order in which they were called: `npm`, `venv`, `vite`, `prepare`. */
  calls(): string[];
  /** Replaces a stand-in on the PATH by a shell script. */
  fake(name: string, script: string): void;
  write(path: string, text: string): void;
  /** Runs a script of the tree with the machine's Node, as npm would. */
  run(script: string, args?: string[], options?: RunOptions): Promise<Finished>;
  remove(): void;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** Text that, once printed, makes `signal` be sent. */
  stopAt?: string;
  signal?: NodeJS.Signals;
}

const root = findRoot();

const npm = (folder: string) => `
echo npm >> ${folder}/calls
mkdir -p node_modules/.bin node_modules/vite/bin
ln -sf ${process.execPath} node_modules/.bin/node
cat > node_modules/vite/bin/vite.js <<'END'
require('node:fs').appendFileSync('calls', 'vite\\n');
require('node:fs').mkdirSync('build', { recursive: true });
END
`;

const python = (folder: string, path: string) => `
if [ "$2" = -c ]; then
  echo '{"version":"3.11.2","venv":true,"executable":"${path}","library":"${path}"}'
elif [ "$3" = venv ]; then
  echo venv >> ${folder}/calls
  mkdir -p "$4/bin" && cp "$0" "$4/bin/python"
else
  echo "$3" >> ${folder}/calls
fi
`;

const main = `
import { appendFileSync } from 'node:fs';
const [name, ...args] = process.argv.slice(2);
appendFileSync(import.meta.dirname + '/../../calls', name + '\\n');
if (name === 'prepare') process.exitCode = Number(process.env.PREPARE_EXIT ?? 0);
if (name === 'echo') console.log(JSON.stringify({ args, cwd: process.cwd(), node: process.version }));
if (name === 'fail') process.exitCode = 7;
if (name === 'die') process.kill(process.pid, 'SIGTERM');
if (name === 'serve') {
  if (process.env.SERVE_FOREVER) {
    const alive = setInterval(() => {}, 1000);
    process.once('SIGTERM', () => { console.log('ended in order'); clearInterval(alive); process.disconnect(); });
  } else {
    process.disconnect();
  }
  console.log('Assay is ready at http://localhost:3000');
}
`;

/** Makes a tree; nothing in it is installed yet. */
export function makeSmallTree(): SmallTree {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tree-'));
  chmodSync(folder, 0o755);
  cpSync(join(root, 'setup'), join(folder, 'setup'), { recursive: true });
  cpSync(join(root, 'assay'), join(folder, 'assay'), { verbatimSymlinks: true });
  const tree: SmallTree = {
    folder,
    calls: () =>
      existsSync(join(folder, 'calls'))
        ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
        : [],
    fake: (name, script) => {
      tree.write(`fakes/${name}`, `#!/bin/sh\n${script}`);
      chmodSync(join(folder, 'fakes', name), 0o755);
    },
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    run: (script, args = [], options = {}) => runScript(folder, script, args, options),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
  tree.write('package.json', '{ "name": "assay", "type": "module" }\n');
  tree.write('package-lock.json', '{}\n');
  tree.write('sandbox/requirements/django-5.2.txt', '# nothing\n');
  tree.write('setup/requirements-tools.txt', '# nothing\n');
  tree.write('src/Page.svelte', '<h1>Assay</h1>\n');
  tree.write('src/cli/main.ts', main);
  tree.write(
    'src/cli/check-settings.ts',
    'process.exitCode = Number(process.env.SETTINGS_EXIT ?? 0);\n',
  );
  tree.fake('npm', npm(folder));
  tree.fake('python3', python(folder, join(folder, 'fakes/python3')));
  tree.fake('bwrap', '');
  return tree;
}

function runScript(
  folder: string,
  script: string,
  args: string[],
  options: RunOptions,
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, script), ...args], {
      cwd: options.cwd ?? folder,
      env: {
        PATH: `${folder}/fakes:/usr/bin:/bin`,
        HOME: join(folder, 'home-that-is-not-there'),
        ASSAY_PYTHON: join(folder, 'fakes/python3'),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let isStopped = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.stopAt && !isStopped && stdout.includes(options.stopAt)) {
        isStopped = true;
        child.kill(options.signal ?? 'SIGTERM');
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
}
