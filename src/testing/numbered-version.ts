/** Names the same artefact by another time of making; for tests only. */

/** The version with `number` seconds past midnight as its time; below 86,400. */
export function numberedVersion(version: string, number: number): string {
  const [hours, minutes, seconds] = [number / 3600, (number / 60) % 60, number % 60];
  const time = [hours!, minutes!, seconds!].map((part) => String(Math.floor(part)).padStart(2, '0')).join('');
  return `20300101T${time}Z-${version.slice(-16)}`;
}
