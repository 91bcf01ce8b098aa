/** How the files of `src/studies` are compiled: by the workspace's own tsconfig.json, the front door being the one that is built. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CompilerOptions } from 'typescript';
import type { TypeScript } from '../notebook/typescript.js';
import { Problem } from '../problem.js';
import { findRoot } from '../workspace.js';

/** Where a workspace has no tsconfig.json. */
const strict = {
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
};

/** The compiler's options for the studies of a workspace. Throws `distil-not-built` where the package has not been built. */
export function studyOptions(ts: TypeScript, root: string): CompilerOptions {
  // The declarations that the build made: a second instead of ten, and the same types.
  const built = join(findRoot(), 'dist', 'src');
  const frontDoor = join(built, 'index.d.ts');
  if (!existsSync(frontDoor)) {
    throw new Problem({
      code: 'distil-not-built',
      what: 'the package is not built, so a study cannot be type-checked',
      remedy: 'run `npm run build`',
    });
  }
  const config = join(root, 'tsconfig.json');
  const own = existsSync(config)
    ? { ...(ts.readConfigFile(config, ts.sys.readFile).config as object), files: [], include: [] }
    : { compilerOptions: strict, files: [] };
  const { options } = ts.parseJsonConfigFileContent(own, ts.sys, root);
  return {
    ...options,
    // Node runs what comes of it, whatever else the workspace is compiled for.
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    incremental: false,
    composite: false,
    tsBuildInfoFile: undefined,
    paths: {
      ...options.paths,
      alambique: [frontDoor],
      'alambique/clients': [join(built, 'clients', 'door.d.ts')],
      'alambique/forecast': [join(built, 'forecast', 'door.d.ts')],
      'alambique/jobs': [join(built, 'copy', 'door.d.ts')],
    },
  };
}
