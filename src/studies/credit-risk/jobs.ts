/** What runs at night for the study of loans: after the copy of the bank's files, what is known of every client. Written by hand. */
import { defineJob, type Job } from 'alambique/jobs';

/** At four in the morning the features of all clients are computed anew, for `serve` to answer by id. */
export const clients: Job = defineJob({
  name: 'credit-risk-clients',
  at: '0 4 * * *',
  timeZone: 'Europe/Madrid',
  command: ['clients', 'credit-risk'],
});
