/** Looks at notebooks as people do: a real browser in a real JupyterLab, and in nbconvert's page with no network. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, delimiter, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { NotebookEffects } from '../notebook/effects.js';
import { missingData } from '../notebook/needed-data.js';
import { mayFail, type Notebook, readNotebook, writeNotebook } from '../notebook/notebook.js';
import { listNames, Problem } from '../problem.js';
import { checkFigures } from './check-figures.js';
import { kernelDisplayName, kernelName } from './share.js';

/** What the check needs from this machine. */
export interface BrowserCheck {
  root: string;
  jupyter: string;
  /** In which Jupyter finds the kernel (`writeJupyterShare`). */
  env: NodeJS.ProcessEnv;
  /** The notebooks to look at; copies of them are run. */
  notebooks: readonly string[];
  /** Where screenshots go: of each notebook's end in JupyterLab, of each figure there, of the whole page of nbconvert. */
  screenshots: string;
  /** The longest that a notebook may take, in seconds. */
  timeout: number;
}

/** As wide as a small laptop. */
const viewport = { width: 1280, height: 1000 };

/** Checks every notebook and resolves with how many failed; each finding is a line. */
export async function checkInBrowser(given: BrowserCheck, effects: NotebookEffects): Promise<number> {
  const folder = join(given.root, '.jupyter', 'check');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  mkdirSync(given.screenshots, { recursive: true });
  const browser = await launch(effects);
  const server = await startServer(given);
  let failed = 0;
  try {
    for (const notebook of given.notebooks) {
      const copy = join(folder, basename(notebook));
      const name = relative(given.root, notebook);
      const content = readNotebook(notebook);
      const missing = missingData(content, effects);
      if (missing.length > 0) {
        effects.out(`${name}: skipped, for ${listNames(missing)} is not here.\n`);
        continue;
      }
      writeNotebook(copy, withoutOutputs(content));
      const findings = await lookAt(copy, { ...given, browser, server: server.url });
      if (findings.length > 0) failed++;
      if (findings.length === 0) effects.out(`${name}: runs, shows its figures, and keeps them.\n`);
      for (const finding of findings) effects.err(`${name}: ${finding}\n`);
    }
  } finally {
    await browser.close();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return failed;
}

async function lookAt(
  copy: string,
  given: BrowserCheck & { browser: Browser; server: string },
): Promise<string[]> {
  const findings: string[] = [];
  const name = basename(copy, '.ipynb');
  const page = await given.browser.newPage({ viewport });
  try {
    const press = await holdKernel(page);
    await open(page, copy, { ...given, isAtOnce: true });
    // What an extension of this machine's own says while JupyterLab starts is not the notebook's.
    page.on('pageerror', (error) => findings.push(`JupyterLab says ${error.message}`));
    await press(async () => {
      await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
      await page.getByText('Run All Cells', { exact: true }).click();
    });
    // People do not wait for the kernel either, and must not be asked which one.
    const asked = page.locator('.jp-Dialog');
    await page.waitForTimeout(1000);
    if ((await asked.count()) > 0)
      findings.push(`JupyterLab asks: ${(await asked.innerText()).split('\n')[0]}`);
    const saved = await ranAndSaved(page, copy, given.timeout);
    const code = codeCells(saved);
    for (const cell of code) {
      const error = cell.outputs?.find((output) => output.output_type === 'error');
      if (error && !mayFail(cell))
        findings.push(`cell ${cell.id} failed with ${error.ename}: ${error.evalue}`);
      if (cell.execution_count === null) findings.push(`cell ${cell.id} has no count`);
    }
    const figures = saved.cells
      .flatMap((cell) => cell.outputs ?? [])
      .filter(({ data }) => Object.keys(data ?? {}).some((mime) => mime.includes('plotly'))).length;
    const screenshots = join(given.screenshots, name);
    await page.screenshot({ path: `${screenshots}-lab.png` });
    await checkFigures(page, { where: 'in JupyterLab', figures, screenshots }, findings);

    await page.close();
    const again = await given.browser.newPage({ viewport });
    await open(again, copy, given);
    await checkFigures(again, { where: 'after reopening', figures }, findings);
    await again.close();

    findings.push(...(await lookAtPage(copy, figures, given)));
  } catch (error) {
    const open = given.browser.contexts().flatMap((context) => context.pages());
    await open[open.length - 1]?.screenshot({ path: join(given.screenshots, `${name}-failed.png`) });
    findings.push(`the browser gave up: ${(error as Error).message.split('\n')[0]}`);
  }
  return findings;
}

/**
 * Makes the moment at which a run was lost once: what is done by the function that this gives happens after the notebook has
 * asked for its kernel, and before it gets one.
 */
async function holdKernel(page: Page): Promise<(press: () => Promise<void>) => Promise<void>> {
  let release = (): void => {};
  const pressed = new Promise<void>((resolve) => {
    release = resolve;
  });
  const path = '**/api/sessions*';
  await page.route(path, async (route) => {
    if (route.request().method() === 'POST') await pressed;
    await route.continue();
  });
  const asked = page.waitForRequest((request) => request.method() === 'POST' && /\/api\/sessions/.test(request.url()), { timeout: 60_000 }); // biome-ignore format: one thought
  return async (press) => {
    await asked;
    await press();
    release();
  };
}

/** Before its first run: what is saved must not pass for what the browser has seen run. */
function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell,
  );
  return { ...notebook, cells };
}

/** Saves until the file on disk says that every cell ran, or that one failed. */
async function ranAndSaved(page: Page, file: string, seconds: number): Promise<Notebook> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    await page.waitForTimeout(1500);
    await idle(page, seconds);
    await page.keyboard.press('Control+s');
    await page.waitForTimeout(1500);
    const saved = readNotebook(file);
    const code = codeCells(saved);
    const failed = code.some(
      (cell) => !mayFail(cell) && cell.outputs?.some((output) => output.output_type === 'error'),
    );
    if (failed || code.every((cell) => cell.execution_count !== null) || Date.now() > until) return saved;
  }
}

function codeCells(notebook: Notebook): Notebook['cells'] {
  return notebook.cells.filter((cell) => cell.cell_type === 'code' && cell.source.trim() !== '');
}

/** The page that nbconvert makes, opened from disk by a browser that has no network. */
async function lookAtPage(
  copy: string,
  figures: number,
  given: BrowserCheck & { browser: Browser },
): Promise<string[]> {
  const findings: string[] = [];
  const made = spawnSync(given.jupyter, ['nbconvert', '--to', 'html', '--template', 'classic', copy], {
    env: given.env,
    encoding: 'utf8',
  });
  if (made.status !== 0) return [`nbconvert failed: ${made.stderr}`];
  const context = await given.browser.newContext({ offline: true, viewport: { width: 1200, height: 1000 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(copy.replace(/\.ipynb$/, '.html')).href, { waitUntil: 'domcontentloaded' });
  await checkFigures(page, { where: "in nbconvert's page", figures }, findings);
  await page.screenshot({
    path: join(given.screenshots, `${basename(copy, '.ipynb')}-page.png`),
    fullPage: true,
  });
  await context.close();
  return findings;
}

async function open(
  page: Page,
  file: string,
  given: BrowserCheck & { server: string; isAtOnce?: boolean },
): Promise<void> {
  const path = relative(given.root, file).split(/[\\/]/).map(encodeURIComponent).join('/');
  // A workspace of its own: no other notebook of an earlier check stands in the way.
  const workspaceName = encodeURIComponent(basename(file, '.ipynb'));
  await page.goto(`${given.server}/lab/workspaces/${workspaceName}/tree/${path}`);
  await page.waitForSelector('.jp-Notebook .jp-Cell', { timeout: 60_000 });
  if (!given.isAtOnce) await idle(page, 60);
}

/** The status bar is the one place that tells a kernel at rest from a kernel that is not there yet. */
async function idle(page: Page, seconds: number): Promise<void> {
  await page.getByText(`${kernelDisplayName} | Idle`).waitFor({ timeout: seconds * 1000 });
}

async function startServer(given: BrowserCheck): Promise<{ url: string; stop(): void }> {
  const port = await freePort();
  const options = [
    'lab',
    '--no-browser',
    `--ServerApp.port=${port}`,
    '--ServerApp.port_retries=0',
    `--ServerApp.root_dir=${given.root}`,
    '--ContentsManager.allow_hidden=True',
    `--LabApp.workspaces_dir=${join(given.root, '.jupyter', 'check', 'workspaces')}`,
    // It listens on this machine only, for as long as the check runs.
    '--IdentityProvider.token=',
    `--MultiKernelManager.default_kernel_name=${kernelName}`,
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  const child = spawn(given.jupyter, options, { cwd: given.root, env: given.env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 120; tries++) {
    const answer = await fetch(`${url}/api`).catch(() => undefined);
    if (answer?.ok) return { url, stop: () => void child.kill('SIGTERM') };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  child.kill('SIGKILL');
  throw new Problem({ code: 'lab-no-server', what: 'JupyterLab did not start within a minute' });
}

async function launch(effects: NotebookEffects): Promise<Browser> {
  const executablePath = findChromium(effects.env);
  if (!executablePath) {
    throw new Problem({
      code: 'lab-no-browser',
      what: 'no Chromium was found on the PATH',
      remedy: 'install it (on Debian: `apt install chromium`)',
    });
  }
  const { chromium } = await import('playwright-core');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: asRoot });
}

/** The first Chromium or Chrome on the PATH. */
export function findChromium(env: NotebookEffects['env']): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const paths = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
