/** The levels of the bank data's text columns, and how the simulation mixes them. */

export type Job =
  | 'admin.'
  | 'blue-collar'
  | 'entrepreneur'
  | 'housemaid'
  | 'management'
  | 'retired'
  | 'self-employed'
  | 'services'
  | 'student'
  | 'technician'
  | 'unemployed'
  | 'unknown';
export type Marital = 'married' | 'single' | 'divorced';
export type Education = 'primary' | 'secondary' | 'tertiary' | 'unknown';
export type Contact = 'cellular' | 'telephone' | 'unknown';
export type PreviousOutcome = 'failure' | 'other' | 'success' | 'unknown';

/** What is known of a job's people. Weights are in 1/100. */
export interface JobProfile {
  /** Share among all clients, and among those picked for their prospects. */
  readonly share: number;
  readonly pickedShare: number;
  /** Mean and standard deviation of age in years. */
  readonly age: readonly [mean: number, sd: number];
  /** Married, single, divorced. */
  readonly marital: readonly [number, number, number];
  /** Primary, secondary, tertiary, unknown. */
  readonly education: readonly [number, number, number, number];
  /** What the job adds to the log-odds of a yes. */
  readonly effect: number;
}

/** The twelve jobs, after the marginal figures of the bank data. */
export const jobProfiles: Readonly<Record<Job, JobProfile>> = {
  'admin.': job(11, 14, [39, 9], [52, 33, 15], [4, 82, 11, 3], 0.1),
  'blue-collar': job(23, 8, [40, 9], [72, 21, 7], [39, 54, 2, 5], -0.25),
  entrepreneur: job(3.6, 1.3, [42, 9], [72, 16, 12], [12, 37, 46, 5], -0.2),
  housemaid: job(3, 2.4, [46, 10], [74, 11, 15], [51, 32, 13, 4], -0.3),
  management: job(20.5, 23.5, [40, 9], [57, 31, 12], [3, 12, 82, 3], 0.05),
  retired: job(3.8, 15, [61, 9], [76, 5, 19], [35, 44, 16, 5], 0.3),
  'self-employed': job(3.6, 3, [40, 10], [63, 28, 9], [8, 37, 53, 2], -0.05),
  services: job(9.5, 4.8, [39, 9], [58, 29, 13], [8, 83, 5, 4], -0.1),
  student: job(1, 8.5, [26, 5], [6, 93, 1], [5, 54, 24, 17], 0.4),
  technician: job(18, 14.5, [39, 9], [53, 34, 13], [2, 69, 26, 3], -0.05),
  unemployed: job(2.3, 4.3, [41, 10], [56, 31, 13], [20, 56, 22, 2], 0.15),
  unknown: job(0.7, 1, [48, 11], [70, 24, 6], [18, 25, 13, 44], 0),
};

function job(
  share: number,
  pickedShare: number,
  age: JobProfile['age'],
  marital: JobProfile['marital'],
  education: JobProfile['education'],
  effect: number,
): JobProfile {
  return { share, pickedShare, age, marital, education, effect };
}

export const jobs: readonly Job[] = Object.keys(jobProfiles) as Job[];
export const maritalLevels: readonly Marital[] = ['married', 'single', 'divorced'];
export const educationLevels: readonly Education[] = ['primary', 'secondary', 'tertiary', 'unknown'];
