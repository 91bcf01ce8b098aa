// What the kernelspec starts. It stands outside the build, so that it can say when the build is missing.
import { existsSync } from 'node:fs';

const program = new URL('../../dist/src/notebook-kernel/main.js', import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  process.stderr.write(
    'The notebook kernel is not built. Run `npm run build` in the project folder, then restart the kernel.\n',
  );
  process.exitCode = 1;
}
