/** All commands by name, each loaded only when it is called, so that serving starts without the rest. */
import type { Command } from './command.js';

export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run.js')).run,
  start: async () => (await import('./start.js')).start,
  serve: async () => (await import('./serve.js')).serve,
  new: async () => (await import('./new.js')).newStudy,
  look: async () => (await import('./look.js')).look,
  studies: async () => (await import('./studies.js')).studies,
  data: async () => (await import('./data.js')).data,
  lab: async () => (await import('./lab.js')).lab,
  notebooks: async () => (await import('./notebooks.js')).notebooks,
  distil: async () => (await import('./distil.js')).distil,
  clean: async () => (await import('./clean.js')).clean,
  diff: async () => (await import('./diff.js')).diff,
  'run-notebook': async () => (await import('./run-notebook.js')).runNotebook,
  forecast: async () => (await import('./forecast.js')).forecast,
  predict: async () => (await import('./predict.js')).predict,
  order: async () => (await import('./order.js')).order,
  settings: async () => (await import('./settings.js')).settings,
  models: async () => (await import('./models.js')).models,
  promote: async () => (await import('./promote.js')).promote,
  rollback: async () => (await import('./promote.js')).rollback,
  check: async () => (await import('./check.js')).check,
  forget: async () => (await import('./forget.js')).forget,
  audit: async () => (await import('./audit.js')).audit,
};
