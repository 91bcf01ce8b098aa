/** Keeps the worker threads that cells start, so that an interrupt ends them too, whatever they are at. */
import { syncBuiltinESMExports } from 'node:module';
import threads, { Worker } from 'node:worker_threads';

/** Every worker started from now on can be ended; returns the function that ends all of them and waits until they are gone. */
export function trackWorkers(): () => Promise<void> {
  const running = new Set<Worker>();
  class TrackedWorker extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      running.add(this);
      this.once('exit', () => running.delete(this));
    }
  }
  threads.Worker = TrackedWorker;
  // What imports `Worker` by name sees the tracked one, too.
  syncBuiltinESMExports();
  return async () => {
    await Promise.all([...running].map((worker) => worker.terminate()));
  };
}
