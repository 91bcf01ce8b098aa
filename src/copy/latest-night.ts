/** `latest.json`: which night is the last one, and where its manifest is. */
import { manifestName } from './night-manifest.js';

/** Its name, beside the nights. */
export const latestName = 'latest.json';

/** The text that shows the night of this date. */
export function formatLatest(date: string): string {
  return `${JSON.stringify({ date, manifest: `${date}/${manifestName}` })}\n`;
}

/** The date that a text shows; undefined where there is no text yet. */
export function parseLatest(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as { date: string }).date;
}
