import type { TableMaker } from './table-data.ts'

/** How long a commit is written. */
const commitLength = 8

/** Where and with what each run was trained. */
export const environmentTable: TableMaker = (data) => {
  const runs = data.experiments.flatMap(({ experiment, runs: all }) => all.map((run) => ({ title: experiment.title, run })))
  return {
    columns: [
      { label: 'Run' },
      { label: 'Seed', numeric: true },
      { label: 'Ended' },
      { label: 'Engine' },
      { label: 'CPU' },
      { label: 'Threads', numeric: true },
      { label: 'Commit' },
    ],
    rows: runs.map(({ title, run: { seed, status, provenance } }) => [
      title,
      String(seed),
      status === 'converged' ? 'by its stopping rule' : 'at its budget of epochs',
      [provenance.engineVersion, provenance.tensorflow && `TensorFlow ${provenance.tensorflow}`].filter(Boolean).join(', '),
      provenance.cpu,
      String(provenance.threads),
      provenance.commit?.replace(/^([0-9a-f]+)(\+?)$/, (_, hash: string, dirty: string) => hash.slice(0, commitLength) + dirty) ??
        'none',
    ]),
  }
}
