/** `alambique lab`: JupyterLab with the notebooks and the TypeScript kernel. */
import { lab as startLab } from '../lab/lab.js';
import type { Command } from './command.js';

export const lab: Command = {
  name: 'lab',
  summary: 'Starts JupyterLab with the notebooks open and the TypeScript kernel in it.',
  arguments: '[notebook …] [-- options of jupyter lab]',
  options: {
    check: {
      type: 'boolean',
      help: 'only prove that Jupyter starts the kernel and a cell imports the package',
    },
    'check-browser': {
      type: 'boolean',
      help: 'only look at the given notebooks (all) in a real browser: run, figures, saved and reopened',
    },
    port: { type: 'string', value: 'n', help: 'the port to listen on' },
    'no-browser': { type: 'boolean', help: 'do not open a browser' },
  },
  async run({ values, positionals }, effects) {
    if (values['check-browser']) return startLab({ checkBrowser: positionals }, effects);
    const rest = [
      ...(values.port === undefined ? [] : [`--ServerApp.port=${values.port}`]),
      ...(values['no-browser'] ? ['--no-browser'] : []),
      ...positionals,
    ];
    return startLab({ check: values.check === true, rest }, effects);
  },
};
