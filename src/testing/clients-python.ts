/** The Python of the protocols' own clients, for the tests that drive them: made from the list beside them. */
import assert from 'node:assert/strict';
import { findPython } from '../bench/python.js';

/** The path of that Python. The first call makes it, which takes minutes and asks PyPI. */
export function clientsPython(say: (line: string) => void): string {
  const requirements = 'serve/fixtures/requirements.txt';
  const python = findPython({ home: '.clients/python', requirements, say });
  assert.ok('path' in python, 'reason' in python ? python.reason : '');
  return python.path;
}
