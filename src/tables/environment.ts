import { shortCommit } from '../data/train-commands.ts'
import type { TableMaker } from './table-data.ts'

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
    runs: runs.map(({ run }) => run),
    rows: runs.map(({ title, run: { seed, status, provenance } }) => [
      title,
      String(seed),
      status === 'converged' ? 'by its stopping rule' : 'at its budget of epochs',
      [provenance.engineVersion, provenance.tensorflow && `TensorFlow ${provenance.tensorflow}`].filter(Boolean).join(', '),
      provenance.cpu,
      String(provenance.threads),
      shortCommit(provenance.commit),
    ]),
  }
}
