/** All commands by name, each loaded only when it is called, so that serving starts without the rest. */
import type { Command } from './command.js';

export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run.js')).run,
  start: async () => (await import('./start.js')).start,
  serve: async () => (await import('./serve.js')).serve,
  data: async () => (await import('./data.js')).data,
  lab: async () => (await import('./lab.js')).lab,
  notebooks: async () => (await import('./notebooks.js')).notebooks,
  check: async () => (await import('./check.js')).check,
};
