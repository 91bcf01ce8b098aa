#!/usr/bin/env node
// The program as npm links it. A clone that is not built yet says so, where there would only be a missing file.
import { existsSync } from 'node:fs';

const main = new URL('../../dist/src/cli/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write(
    'alambique is not built yet. Run "npm run build"; it installs the development tools that it needs.\n',
  );
  process.exitCode = 1;
}
