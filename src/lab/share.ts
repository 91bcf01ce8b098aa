/** Writes what Jupyter looks for into the project's own `.jupyter/share`: the kernelspec and the figure extension. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/** How the kernel is called: in notebooks' metadata and on screen. */
export const kernelName = 'alambique';
export const kernelDisplayName = 'TypeScript (alambique)';

/** Writes (again) both; returns the environment in which every Jupyter program finds them. */
export function writeJupyterShare(root: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const share = join(root, '.jupyter', 'share', 'jupyter');
  writeKernelspec(root, join(share, 'kernels', kernelName));
  writePlotlyExtension(root, join(share, 'labextensions', 'alambique-plotly'));
  const config = join(root, '.jupyter', 'config');
  writeSettings(join(config, 'labconfig'));
  return {
    ...env,
    JUPYTER_PATH: before(share, env.JUPYTER_PATH),
    JUPYTER_CONFIG_PATH: before(config, env.JUPYTER_CONFIG_PATH),
  };
}

/**
 * JupyterLab asks nobody for news and looks for no updates: nothing is fetched from the network. A notebook that does not
 * say which kernel it wants gets the default one, instead of a question that offers Python.
 */
function writeSettings(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const settings = {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
    '@jupyterlab/notebook-extension:tracker': { autoStartDefaultKernel: true },
  };
  writeFileSync(join(folder, 'default_setting_overrides.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

function before(path: string, inherited: string | undefined): string {
  return inherited ? `${path}${delimiter}${inherited}` : path;
}

function writeKernelspec(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const launcher = join(root, 'src', 'notebook-kernel', 'launch.mjs');
  const kernel = {
    argv: [process.execPath, launcher, '{connection_file}'],
    display_name: kernelDisplayName,
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(kernel, null, 2)}\n`);
}

function writePlotlyExtension(root: string, folder: string): void {
  const script = readFileSync(join(root, 'src', 'lab', 'plotly-extension.mjs'));
  // Browsers keep these files; a new text needs a new name.
  const entry = `remoteEntry.${createHash('sha256').update(script).digest('hex').slice(0, 16)}.js`;
  const fresh = join(folder, 'static', entry);
  if (!existsSync(fresh)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'static'), { recursive: true });
  writeFileSync(fresh, script);
  copyPlotly(root, join(folder, 'static', 'plotly.js'));
  const manifest = {
    name: 'alambique-plotly',
    version: '1.0.0',
    description: 'Shows plotly figures in JupyterLab, with no network, and lets cells wait for their kernel',
    license: 'Apache-2.0',
    jupyterlab: {
      mimeExtension: true,
      extension: true,
      // Its place is taken by ours.
      disabledExtensions: ['@jupyterlab/notebook-extension:cell-executor'],
      _build: {
        load: `static/${entry}`,
        mimeExtension: './mimeExtension',
        extension: './extension',
      },
    },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function copyPlotly(root: string, target: string): void {
  const source = createRequire(join(root, 'package.json')).resolve('plotly.js-dist/plotly.js');
  if (existsSync(target) && statSync(target).size === statSync(source).size) return;
  copyFileSync(source, target);
}
